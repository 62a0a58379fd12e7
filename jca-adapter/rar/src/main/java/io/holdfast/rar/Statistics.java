package io.holdfast.rar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this run of the adapter has done, in numbers. Thread-safe; never blocks. */
final class Statistics {
    /** What is counted. */
    enum Counter {
        STARTED,
        READ_ONLY,
        PREPARED,
        COMMITTED,
        COMMITTED_IN_ONE_PHASE,
        ROLLED_BACK,
        REFUSED,
        HEURISTIC,
        LRAS_STARTED,
        LRAS_NOT_STARTED,
        RECOVER_CALLS,
        ALARMS
    }

    /** What is timed. */
    enum Timing {
        PREPARE,
        COMMIT,
        ROLLBACK,
        LRA_START
    }

    private final List<LongAdder> counts =
            Stream.of(Counter.values()).map(counter -> new LongAdder()).toList();
    private final List<Times> times =
            Stream.of(Timing.values()).map(timing -> new Times()).toList();
    private final AtomicReference<@Nullable Instant> lastRecover = new AtomicReference<>();

    void count(Counter counter) {
        counts.get(counter.ordinal()).increment();
    }

    long counted(Counter counter) {
        return counts.get(counter.ordinal()).sum();
    }

    void recoverCalled(Instant now) {
        count(Counter.RECOVER_CALLS);
        lastRecover.set(now);
    }

    @Nullable
    Instant lastRecover() {
        return lastRecover.get();
    }

    /** @param nanos that it took, whatever came of it */
    void took(Timing timing, long nanos) {
        times.get(timing.ordinal()).add(nanos);
    }

    Times times(Timing timing) {
        return times.get(timing.ordinal());
    }

    /** How often something was done and how long it took. */
    static final class Times {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

        private void add(long took) {
            count.increment();
            nanos.add(took);
            longest.accumulate(took);
        }

        long count() {
            return count.sum();
        }

        /** Zero when nothing was timed. */
        Duration mean() {
            long times = count.sum();
            return times == 0 ? Duration.ZERO : Duration.ofNanos(nanos.sum() / times);
        }

        Duration longest() {
            return Duration.ofNanos(longest.get());
        }
    }
}
