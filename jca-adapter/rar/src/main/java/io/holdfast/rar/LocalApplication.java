package io.holdfast.rar;

import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalRegistration;
import io.holdfast.api.ParticipantAlarm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One application while it is deployed, and its calls under way: a bounded number, so that it leaves threads for the others. Thread-safe. */
final class LocalApplication implements LocalRegistration {
    private static final int MAX_CALLS = 16;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Consumer<LocalApplication> closing;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private @Nullable LocalDispatcher dispatcher;
    private int underWay;

    LocalApplication(String name, LocalDispatcher dispatcher, Consumer<LocalApplication> closing) {
        this.name = name;
        this.dispatcher = dispatcher;
        this.closing = closing;
    }

    /** Completes when the call has ended; fails when the dispatcher or the thread does; empty when the application has gone before. */
    CompletableFuture<Optional<LocalAnswer>> call(LocalCall call, BeanThreads threads) {
        CompletableFuture<Optional<LocalAnswer>> answer = new CompletableFuture<>();
        Runnable start = () -> start(call, threads, answer);
        boolean now;
        synchronized (this) {
            now = underWay < MAX_CALLS;
            if (now) {
                underWay++;
            } else {
                waiting.add(start);
            }
        }
        if (now) {
            start.run();
        }
        return answer;
    }

    /** Tells the application of an alarm, while it is deployed; what it makes of that changes nothing. */
    void tell(ParticipantAlarm alarm, BeanThreads threads) {
        threads.execute(
                () -> {
                    LocalDispatcher current;
                    synchronized (this) {
                        current = dispatcher;
                    }
                    try {
                        if (current != null) {
                            current.alarm(alarm);
                        }
                    } catch (RuntimeException failed) {
                        AdapterMessage.ALARM_NOT_TAKEN.log(failed, name, failed);
                    }
                },
                refused -> AdapterMessage.ALARM_NOT_TAKEN.log(refused, name, refused));
    }

    private void start(LocalCall call, BeanThreads threads, CompletableFuture<Optional<LocalAnswer>> answer) {
        threads.execute(() -> run(call, answer), refused -> {
            over();
            answer.completeExceptionally(refused);
        });
    }

    private void run(LocalCall call, CompletableFuture<Optional<LocalAnswer>> answer) {
        LocalDispatcher current;
        synchronized (this) {
            current = dispatcher;
        }
        try {
            Optional<LocalAnswer> given = current == null ? Optional.empty() : Optional.of(current.dispatch(call));
            over();
            answer.complete(given);
        } catch (RuntimeException | Error failed) {
            over();
            answer.completeExceptionally(failed);
        }
    }

    private void over() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                underWay--;
                notifyAll();
            }
        }
        if (next != null) {
            next.run();
        }
    }

    @Override
    public void close() {
        closing.accept(this);
        int left;
        synchronized (this) {
            if (dispatcher == null) {
                return;
            }
            dispatcher = null;
            left = awaitCalls();
        }
        AdapterMessage.APPLICATION_GONE.log(name, left, CLOSE_PATIENCE);
    }

    /** @return how many have not ended in time, or before an interrupt */
    private synchronized int awaitCalls() {
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        long leftNanos = CLOSE_PATIENCE.toNanos();
        try {
            while (underWay > 0 && leftNanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
                leftNanos = deadline - System.nanoTime();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return underWay;
    }
}
