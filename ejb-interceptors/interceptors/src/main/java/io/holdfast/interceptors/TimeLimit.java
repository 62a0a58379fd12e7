package io.holdfast.interceptors;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The border where an annotation's number and unit become a duration; zero stands for the adapter's default. */
final class TimeLimit {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private TimeLimit() {}

    static Duration of(GlobalTransaction annotation, String method) {
        long limit = annotation.timeLimit();
        ChronoUnit unit = annotation.timeUnit();
        if (limit == 0) {
            return Duration.ZERO;
        }
        try {
            Duration duration = Duration.of(limit, unit);
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(InterceptorMessage.WRONG_TIME_LIMIT.with(method, limit, unit), e);
        }
        throw new IllegalArgumentException(InterceptorMessage.WRONG_TIME_LIMIT.with(method, limit, unit));
    }
}
