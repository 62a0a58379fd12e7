package io.holdfast.benchmarks.load;

import java.time.Duration;

/**
 * What one round came to.
 *
 * @param latencies of each operation
 * @param elapsed from the first to the end of the last
 * @param cpu what this process used meanwhile
 */
public record Round(Latencies latencies, Duration elapsed, Duration cpu) {
    /** {@code metric=unit=value}, separated by blanks. */
    public String figures() {
        double count = latencies.size();
        return String.join(
                " ",
                figure("throughput", "tx/s", count / (elapsed.toNanos() / 1e9)),
                figure("p50", "ms", latencies.percentileMillis(50)),
                figure("p99", "ms", latencies.percentileMillis(99)),
                figure("cpu", "ms/tx", cpu.toNanos() / 1e6 / count));
    }

    /** One more of them. */
    public static String figure(String metric, String unit, double value) {
        return metric + "=" + unit + "=" + value;
    }

    /** The CPU time that this process has used so far. */
    public static Duration cpuNow() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the CPU time of a process is not known here"));
    }
}
