package io.holdfast.engine.delivery;

import java.time.Duration;

/**
 * When an {@link Alarm} is raised for a participant that has not done what it is told: whichever comes first. One that refuses for good
 * raises it at once.
 *
 * @param attempts after how many, 1 to 1,000,000; 0 for never
 * @param after how long after the first attempt that brought no result, up to an eighth of it later; zero for never
 */
public record AlarmPolicy(int attempts, Duration after) {
    public static final AlarmPolicy DEFAULT = new AlarmPolicy(20, Duration.ofMinutes(10));

    private static final int MAX_ATTEMPTS = 1_000_000;

    public AlarmPolicy {
        if (attempts < 0 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "The attempts before an alarm must be 0 to " + MAX_ATTEMPTS + ", not " + attempts);
        }
        if (after.isNegative()) {
            throw new IllegalArgumentException("The time before an alarm must not be negative: " + after);
        }
    }

    boolean isReached(int made) {
        return attempts > 0 && made >= attempts;
    }
}
