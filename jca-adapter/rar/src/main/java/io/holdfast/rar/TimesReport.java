package io.holdfast.rar;

import javax.management.ConstructorParameters;

/** How long calls took, for the MBean. Immutable. */
public final class TimesReport {
    private static final double NANOS_PER_MILLI = 1e6;

    private final String name;
    private final long count;
    private final double meanMillis;
    private final double longestMillis;

    @ConstructorParameters({"name", "count", "meanMillis", "longestMillis"})
    public TimesReport(String name, long count, double meanMillis, double longestMillis) {
        this.name = name;
        this.count = count;
        this.meanMillis = meanMillis;
        this.longestMillis = longestMillis;
    }

    static TimesReport of(Statistics.Timing timing, Statistics.Times times) {
        return new TimesReport(
                timing.name(),
                times.count(),
                times.mean().toNanos() / NANOS_PER_MILLI,
                times.longest().toNanos() / NANOS_PER_MILLI);
    }

    public String getName() {
        return name;
    }

    public long getCount() {
        return count;
    }

    public double getMeanMillis() {
        return meanMillis;
    }

    public double getLongestMillis() {
        return longestMillis;
    }
}
