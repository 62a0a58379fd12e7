package io.holdfast.rar;

import io.holdfast.engine.Host;
import io.holdfast.engine.state.TransactionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Notices that the server's transaction recovery does not reach this adapter: a branch stays prepared for two of its periods, and
 * nobody asks for it. Says so once. Thread-safe.
 */
final class RecoveryWatch implements AutoCloseable {
    private static final int PERIODS = 2;

    private final Host host;
    private final Duration period;
    private final Supplier<Set<TransactionId>> prepared;
    private final Statistics statistics;
    /** How many times in a row each was found prepared. */
    private Map<TransactionId, Integer> found = new HashMap<>();

    private long recoverCalls;
    private boolean over;

    /** @param prepared the branches that are prepared now */
    RecoveryWatch(Host host, Duration period, Supplier<Set<TransactionId>> prepared, Statistics statistics) {
        this.host = host;
        this.period = period;
        this.prepared = prepared;
        this.statistics = statistics;
    }

    void begin() {
        look();
    }

    /** Goes on when it could not be seen what is prepared. */
    private void look() {
        if (isOver()) {
            return;
        }
        try {
            compare(prepared.get());
        } finally {
            if (!isOver()) {
                host.timers().schedule(period, () -> host.executor().execute(this::look));
            }
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void compare(Set<TransactionId> preparedNow) {
        long calls = statistics.counted(Statistics.Counter.RECOVER_CALLS);
        boolean asked = calls != recoverCalls;
        recoverCalls = calls;
        Map<TransactionId, Integer> now = new HashMap<>();
        for (TransactionId each : preparedNow) {
            now.put(each, asked ? 1 : found.getOrDefault(each, 0) + 1);
        }
        found = now;
        long waiting = now.values().stream().filter(times -> times > PERIODS).count();
        if (waiting > 0 && !over) {
            AdapterMessage.NOT_RECOVERED.log(
                    waiting, period.multipliedBy(PERIODS).toSeconds());
            over = true;
        }
    }

    @Override
    public synchronized void close() {
        over = true;
    }
}
