package io.holdfast.sample.bank;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What somebody wants to be transferred, and what is to go wrong on the way. */
public record TransferOrder(
        String id,
        String customer,
        String merchant,
        BigDecimal amount,
        Fault fault,
        boolean waitForGo,
        Optional<Duration> timeLimit) {
    private static final long LONGEST_LIMIT_MILLIS = Duration.ofDays(1).toMillis();

    /** What is to go wrong. */
    public enum Fault {
        NONE,
        AFTER_TRY
    }

    static TransferOrder parse(String text) {
        RequestBody body = RequestBody.parse(text);
        return new TransferOrder(
                body.optionalId("id").orElseGet(() -> UUID.randomUUID().toString()),
                body.id("customer"),
                body.id("merchant"),
                body.amount("amount"),
                fault(body.text("fault").orElse("none")),
                body.flag("waitForGo"),
                body.wholeNumber("timeLimitMillis", 1, LONGEST_LIMIT_MILLIS).map(Duration::ofMillis));
    }

    private static Fault fault(String name) {
        return switch (name) {
            case "none" -> Fault.NONE;
            case "after-try" -> Fault.AFTER_TRY;
            default -> throw new RefusedException(Reason.INVALID, "fault '" + name + "' must be none or after-try");
        };
    }
}
