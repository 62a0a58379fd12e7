package io.holdfast.interceptors.queries;

import io.holdfast.interceptors.InterceptorMessage;
import java.time.Duration;

/**
 * Growing intervals. Immutable.
 *
 * @param first before the second question; 10 ms to 1 hour
 * @param factor by which each is longer than the one before; 1 to 10
 * @param longest no one is longer; {@code first} to 1 day
 */
public record Intervals(Duration first, double factor, Duration longest) {
    /** 1 s, 1.5 times as long each time, 30 s at most. */
    public static final Intervals DEFAULT = new Intervals(Duration.ofSeconds(1), 1.5, Duration.ofSeconds(30));

    private static final int MOST_FACTOR = 10;

    public Intervals {
        check("first interval", first, Duration.ofMillis(10), Duration.ofHours(1));
        check("factor", factor, 1.0, (double) MOST_FACTOR);
        check("longest interval", longest, first, Duration.ofDays(1));
    }

    private static <T extends Comparable<T>> void check(String what, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(InterceptorMessage.WRONG_INTERVAL.with(what, value, least, most));
        }
    }

    Duration next(Duration interval) {
        double millis = interval.toMillis() * factor;
        return millis >= longest.toMillis() ? longest : Duration.ofMillis((long) millis);
    }
}
