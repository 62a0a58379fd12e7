package io.holdfast.engine.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing intervals between the attempts at one participant: {@code first * factor^(n-1)}, at most {@code max}, each lengthened or
 * shortened at random by up to {@code jitter} of itself.
 *
 * @param jitter 0 to 1
 */
public record RetryPolicy(Duration first, double factor, Duration max, double jitter) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofMillis(200), 2, Duration.ofSeconds(30), 0.2);

    public RetryPolicy {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Retry intervals must have 0 < first <= max, not " + first + " and " + max);
        }
        if (!(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException("The factor of retry intervals must be 1 to 100, not " + factor);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("The jitter of retry intervals must be 0 to 1, not " + jitter);
        }
    }

    /** The delay after the given number of attempts, at least one. */
    public Duration delayAfter(int attempts, RandomGenerator random) {
        double nanos = Math.min((double) max.toNanos(), (double) first.toNanos() * Math.pow(factor, attempts - 1));
        double spread = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofNanos((long) (nanos * spread));
    }
}
