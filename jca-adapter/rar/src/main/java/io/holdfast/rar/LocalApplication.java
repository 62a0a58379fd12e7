package io.holdfast.rar;

import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalRegistration;
import io.holdfast.api.ParticipantAlarm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
    private final Queue<Begun> waiting = new ArrayDeque<>();
    private @Nullable LocalDispatcher dispatcher;
    private int underWay;

    /** A call that somebody waits for. */
    private record Begun(LocalCall call, CompletableFuture<Optional<LocalAnswer>> answer) {}

    LocalApplication(String name, LocalDispatcher dispatcher, Consumer<LocalApplication> closing) {
        this.name = name;
        this.dispatcher = dispatcher;
        this.closing = closing;
    }

    /** Completes when the call has ended; fails when the dispatcher or the thread does; empty when the application has gone before. */
    CompletableFuture<Optional<LocalAnswer>> call(LocalCall call, BeanThreads threads) {
        Begun begun = new Begun(call, new CompletableFuture<>());
        boolean now;
        synchronized (this) {
            now = underWay < MAX_CALLS;
            if (now) {
                underWay++;
            } else {
                waiting.add(begun);
            }
        }
        if (now) {
            threads.execute(() -> runAll(begun), refused -> refuse(begun, refused));
        }
        return begun.answer();
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

    /** A thread goes on with what waits, since handing each call to another one costs as much as many a call. */
    private void runAll(Begun first) {
        for (Begun next = first; next != null; next = nextOrOver()) {
            run(next);
        }
    }

    private void run(Begun begun) {
        LocalDispatcher current;
        synchronized (this) {
            current = dispatcher;
        }
        try {
            begun.answer().complete(current == null ? Optional.empty() : Optional.of(current.dispatch(begun.call())));
        } catch (RuntimeException | Error failed) {
            begun.answer().completeExceptionally(failed);
        }
    }

    /** What waits is left to the other threads; only without any it is refused too. */
    private void refuse(Begun begun, Exception refused) {
        begun.answer().completeExceptionally(refused);
        List<Begun> stranded = new ArrayList<>();
        synchronized (this) {
            over();
            if (underWay == 0) {
                stranded.addAll(waiting);
                waiting.clear();
            }
        }
        stranded.forEach(each -> each.answer().completeExceptionally(refused));
    }

    private synchronized @Nullable Begun nextOrOver() {
        Begun next = waiting.poll();
        if (next == null) {
            over();
        }
        return next;
    }

    private synchronized void over() {
        underWay--;
        notifyAll();
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
