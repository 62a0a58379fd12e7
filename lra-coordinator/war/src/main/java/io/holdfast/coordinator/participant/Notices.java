package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.coordinator.participant.Callbacks.Reply;
import io.holdfast.engine.delivery.RetryPolicy;
import io.holdfast.engine.time.Timers;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells participants what they may want to know after the end: forget, and how the LRA ended. Repeated at growing intervals while
 * there is no acknowledgement, a bounded number of times; what is waiting when the server stops is lost, since it is not logged.
 * Thread-safe.
 */
public final class Notices {
    static final int MAX_ATTEMPTS = 20;
    private static final int MAX_UNDER_WAY = 64;

    /** @param lra the LRA that has ended, for messages */
    record Notice(String method, URI target, Map<String, String> headers, String body, String lra) {}

    private final Callbacks callbacks;
    private final RetryPolicy retries;
    private final Timers timers;
    private final Executor executor;
    private final RandomGenerator random;
    private final Queue<Sending> queue = new ArrayDeque<>();
    private int underWay;

    public Notices(Callbacks callbacks, RetryPolicy retries, Timers timers, Executor executor, RandomGenerator random) {
        this.callbacks = callbacks;
        this.retries = retries;
        this.timers = timers;
        this.executor = executor;
        this.random = random;
    }

    void send(Notice notice) {
        enqueue(new Sending(notice, 1));
    }

    private void enqueue(Sending sending) {
        synchronized (queue) {
            queue.add(sending);
        }
        startNext();
    }

    private void startNext() {
        Sending next = take();
        while (next != null) {
            attempt(next);
            next = take();
        }
    }

    private @Nullable Sending take() {
        synchronized (queue) {
            if (underWay >= MAX_UNDER_WAY || queue.isEmpty()) {
                return null;
            }
            underWay++;
            return queue.remove();
        }
    }

    private void attempt(Sending sending) {
        Notice notice = sending.notice();
        var unused = callbacks
                .send(notice.method(), notice.target(), notice.headers(), notice.body())
                .whenCompleteAsync((reply, failure) -> answered(sending, reply, failure), executor);
    }

    private void answered(Sending sending, @Nullable Reply reply, @Nullable Throwable failure) {
        synchronized (queue) {
            underWay--;
        }
        boolean acknowledged = reply != null && (reply.status() / 100 == 2 || reply.status() == 410);
        if (!acknowledged) {
            again(sending, reply == null ? String.valueOf(failure) : reply.status() + " " + Bounds.shown(reply.body()));
        }
        startNext();
    }

    private void again(Sending sending, String cause) {
        Notice notice = sending.notice();
        if (sending.attempt() >= MAX_ATTEMPTS) {
            CoordinatorMessage.NOTICE_GIVEN_UP.log(
                    notice.method(), notice.target(), notice.lra(), sending.attempt(), cause);
            return;
        }
        timers.schedule(
                retries.delayAfter(sending.attempt(), random),
                () -> executor.execute(() -> enqueue(new Sending(notice, sending.attempt() + 1))));
    }

    private record Sending(Notice notice, int attempt) {}
}
