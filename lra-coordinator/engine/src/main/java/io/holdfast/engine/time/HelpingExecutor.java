package io.holdfast.engine.time;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An executor for callers who wait for what they have asked for: the forced write that such a thread causes, and what follows from it for
 * itself, are run by that thread while it waits. To wake another thread for it, and to be woken by that, takes longer than most of it.
 *
 * <p>A thread helps itself within {@link #helping}, where that calls {@link #helpUntil}, or after a task of {@link #runThrough}, and only with what was given to {@link #ofThisThread}.
 * Whatever else it gives to this executor, and what is left when it has what it waits for, is run by the other threads: what others wait for must
 * not stand behind a thread that may have to wait for something else. The time of one write is not bounded: on a disk that hangs, the thread that forces
 * hangs too, while all others who wait have their own limits. Thread-safe.
 */
public final class HelpingExecutor implements Executor {
    /** Of the innermost {@link #helping} of this thread. */
    private static final ThreadLocal<@Nullable Help> CURRENT = new ThreadLocal<>();

    private final Executor others;
    private final Consumer<Throwable> failures;

    /** What one thread has to do. */
    private record Help(HelpingExecutor executor, Queue<Runnable> tasks) {
        void runUntil(CompletableFuture<?> future) {
            while (!future.isDone() && !tasks.isEmpty()) {
                executor.run(tasks.remove());
            }
        }

        void handOver() {
            while (!tasks.isEmpty()) {
                executor.handOver(tasks.remove());
            }
        }
    }

    /**
     * What a thread does and waits for.
     *
     * @param <T> what it brings
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Call<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * @param others run what nobody who waits has caused for itself
     * @param failures is told of a task that failed in a thread that was helping, which is not that thread's failure
     */
    public HelpingExecutor(Executor others, Consumer<Throwable> failures) {
        this.others = others;
        this.failures = failures;
    }

    /** To the other threads, whoever asks. */
    @Override
    public void execute(Runnable task) {
        others.execute(task);
    }

    /**
     * For what the calling thread does for itself, now or when something that it waits for has happened: a task that is given to it in this same
     * thread, while that helps, is kept for it, any other goes to the other threads. For an executor of another kind, that one.
     */
    public static Executor ofThisThread(Executor executor) {
        Help help = CURRENT.get();
        if (help == null || help.executor != executor) {
            return executor;
        }
        return task -> {
            if (isCurrent(help)) {
                help.tasks.add(task);
            } else {
                executor.execute(task);
            }
        };
    }

    @SuppressWarnings("ReferenceEquality") // One for each call, whatever is in it.
    private static boolean isCurrent(Help help) {
        return CURRENT.get() == help;
    }

    /** Lets this thread do what the call causes for it, wherever the call waits by {@link #helpUntil}. */
    public <T, E extends Exception> T helping(Call<T, E> call) throws E {
        Help before = CURRENT.get();
        Help help = new Help(this, new ArrayDeque<>());
        CURRENT.set(help);
        try {
            return call.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
            help.handOver();
        }
    }

    /**
     * Runs the task and then, in this same thread, what that has caused for itself: for a thread that waits for nothing, and would have to wake another
     * one for it. In a thread that helps already, the task only.
     */
    public void runThrough(Runnable task) {
        if (CURRENT.get() != null) {
            task.run();
            return;
        }
        Help help = new Help(this, new ArrayDeque<>());
        CURRENT.set(help);
        try {
            task.run();
            while (!help.tasks.isEmpty()) {
                run(help.tasks.remove());
            }
        } finally {
            CURRENT.remove();
            help.handOver();
        }
    }

    /** Whether this thread does for itself what others may be waiting for too, so that it should soon hand that over. */
    public static boolean isHelping() {
        return CURRENT.get() != null;
    }

    /** Runs what this thread has kept until the future is done or nothing is left of it. Does nothing in a thread that does not help. */
    public static void helpUntil(CompletableFuture<?> future) {
        Help help = CURRENT.get();
        if (help != null) {
            help.runUntil(future);
            help.handOver();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failed) {
            failures.accept(failed);
        }
    }

    /** Where there is no thread for it, in this one: others may wait for it, and the outcome of the call is known already. */
    private void handOver(Runnable task) {
        try {
            others.execute(task);
        } catch (RuntimeException | Error refused) {
            run(task);
        }
    }
}
