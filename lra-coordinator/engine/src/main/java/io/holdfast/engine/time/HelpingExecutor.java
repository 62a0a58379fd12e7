package io.holdfast.engine.time;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An executor for callers who wait for what they have asked for: what such a thread causes is run by itself while it waits, a forced write
 * of the log too. To wake another thread for it, and to be woken by that, takes longer than most of it.
 *
 * <p>A thread helps itself within {@link #helping}, where that calls {@link #helpUntil}, and only until it has what it waits
 * for; the rest goes to the other threads then. The time that it lends is not bounded: on a disk that hangs, the thread that forces hangs too, while
 * all others who wait have their own limits. Thread-safe.
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
                executor.others.execute(tasks.remove());
            }
        }
    }

    /**
     * @param others run what nobody who waits has caused
     * @param failures is told of a task that failed in a thread that was helping, which is not that thread's failure
     */
    public HelpingExecutor(Executor others, Consumer<Throwable> failures) {
        this.others = others;
        this.failures = failures;
    }

    @Override
    public void execute(Runnable task) {
        Help help = CURRENT.get();
        if (help != null && help.executor == this) {
            help.tasks.add(task);
        } else {
            others.execute(task);
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

    /** Lets this thread do what the call causes, wherever the call waits by {@link #helpUntil}. */
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

    /** Whether this thread does for itself what others may be waiting for too, so that it should soon hand that over. */
    public static boolean isHelping() {
        return CURRENT.get() != null;
    }

    /** Runs what this thread has caused until the future is done or nothing is left of it. Does nothing in a thread that does not help. */
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
}
