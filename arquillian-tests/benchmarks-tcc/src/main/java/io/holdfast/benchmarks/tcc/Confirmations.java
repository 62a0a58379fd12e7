package io.holdfast.benchmarks.tcc;

import io.holdfast.benchmarks.load.Latencies;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Which transfers are confirmed by both participants, and how long that took from their begin. Thread-safe. */
@ApplicationScoped
public class Confirmations {
    private static final int PARTICIPANTS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final Queue<Long> took = new ConcurrentLinkedQueue<>();

    private record Open(long begin, AtomicInteger confirmed) {}

    /** @return the number of a new transfer */
    public long begin() {
        long transfer = last.incrementAndGet();
        open.put(transfer, new Open(System.nanoTime(), new AtomicInteger()));
        return transfer;
    }

    void add(long transfer) {
        Open known = open.get(transfer);
        if (known != null && known.confirmed().incrementAndGet() == PARTICIPANTS) {
            took.add(System.nanoTime() - known.begin());
            open.remove(transfer);
        }
    }

    /**
     * Waits until every transfer is confirmed.
     *
     * @return how long each took since the last time
     * @throws TimeoutException when some are not after a minute
     */
    public Latencies await() throws TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(open.size() + " transfers are not confirmed after " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        Latencies latencies = new Latencies();
        for (Long each = took.poll(); each != null; each = took.poll()) {
            latencies.add(each);
        }
        return latencies;
    }
}
