package io.holdfast.benchmarks.load;

import java.util.Arrays;
import java.util.List;

/** How long each of many operations took. Confined to one thread. */
public final class Latencies {
    private static final int INITIAL = 1024;

    private long[] nanos = new long[INITIAL];
    private int size;

    public void add(long took) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = took;
    }

    public int size() {
        return size;
    }

    public static Latencies merged(List<Latencies> parts) {
        Latencies all = new Latencies();
        parts.forEach(part -> Arrays.stream(part.nanos, 0, part.size).forEach(all::add));
        return all;
    }

    /**
     * The shortest time that is not exceeded by that share of the operations (nearest rank).
     *
     * @param percent above 0, at most 100
     */
    public double percentileMillis(double percent) {
        if (size == 0 || percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("percentile " + percent + " of " + size + " values");
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * size);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
