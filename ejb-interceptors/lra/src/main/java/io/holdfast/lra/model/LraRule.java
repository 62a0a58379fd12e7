package io.holdfast.lra.model;

import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.Status.Family;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/**
 * What an {@link LRA} annotation asks for.
 *
 * @param timeLimit empty for none
 * @param end whether the LRA is closed when the method returns
 * @param cancelOn the HTTP statuses of an answer that cancel the LRA, also when {@code end} is false
 * @param cancelOnFamily the families of such statuses
 */
public record LraRule(
        LRA.Type type, Optional<Duration> timeLimit, boolean end, Set<Integer> cancelOn, Set<Family> cancelOnFamily) {
    /** A hundred years, in milliseconds: what coordinators take. */
    static final long LONGEST_MILLIS = 3_155_760_000_000L;

    public LraRule {
        cancelOn = Set.copyOf(cancelOn);
        cancelOnFamily = Set.copyOf(cancelOnFamily);
    }

    /** @throws IllegalArgumentException if the time limit is negative or too long */
    static LraRule of(LRA annotation) {
        return new LraRule(
                annotation.value(),
                timeLimit(annotation),
                annotation.end(),
                Arrays.stream(annotation.cancelOn()).map(Status::getStatusCode).collect(Collectors.toSet()),
                Set.copyOf(Arrays.asList(annotation.cancelOnFamily())));
    }

    /** Coordinators count milliseconds; less than one is one, since 0 stands for no limit. */
    private static Optional<Duration> timeLimit(LRA annotation) {
        long limit = annotation.timeLimit();
        if (limit == 0) {
            return Optional.empty();
        }
        try {
            long millis =
                    annotation.timeUnit().getDuration().multipliedBy(limit).toMillis();
            if (limit > 0 && millis <= LONGEST_MILLIS) {
                return Optional.of(Duration.ofMillis(Math.max(1, millis)));
            }
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException("timeLimit " + limit + " " + annotation.timeUnit(), tooLong);
        }
        throw new IllegalArgumentException("timeLimit " + limit + " " + annotation.timeUnit());
    }

    /** Whether the method can run in an LRA, and its class joins that. */
    public boolean runsInLra() {
        return switch (type) {
            case REQUIRED, REQUIRES_NEW, MANDATORY, SUPPORTS, NESTED -> true;
            case NOT_SUPPORTED, NEVER -> false;
        };
    }

    /** Whether an answer with this HTTP status cancels the LRA. */
    public boolean cancels(int status) {
        return cancelOn.contains(status) || cancelOnFamily.contains(Family.familyOf(status));
    }
}
