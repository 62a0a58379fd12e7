package io.holdfast.sample.counter;

import io.holdfast.sample.common.Money;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.UUID;

/** What a customer pays to a merchant, and what is to go wrong. It is an argument of the tries, which the adapter's log keeps as JSON. */
public record PaymentOrder(String id, String customer, String merchant, BigDecimal amount, Fault fault) {
    /** What is to go wrong after both tries. All but the first begin with a merchant who refuses the credit. */
    public enum Fault {
        NONE,
        /** The merchant's account is closed between the try and the confirm. */
        CLOSED,
        /** And unfreezing the customer's money fails a few times. */
        UNFREEZE,
        /** And it fails until an alarm has been raised, upon which somebody repairs what was broken. */
        ALARM;

        private static final int FAILURES = 3;
        /** Where the adapter is told to raise no alarms, or only late ones, the money is not frozen for ever. */
        private static final int MOST_FAILURES = 30;

        boolean closesMerchant() {
            return this != NONE;
        }

        /**
         * Whether the next attempt to unfreeze fails.
         *
         * @param failures so far
         * @param alarmed whether an alarm has been raised for it
         */
        boolean failsUnfreezing(int failures, boolean alarmed) {
            return switch (this) {
                case NONE, CLOSED -> false;
                case UNFREEZE -> failures < FAILURES;
                case ALARM -> !alarmed && failures < MOST_FAILURES;
            };
        }
    }

    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("customer", customer)
                .add("merchant", merchant)
                .add("amount", Money.text(amount));
    }

    static PaymentOrder parse(String text) {
        RequestBody body = RequestBody.parse(text);
        return new PaymentOrder(
                body.optionalId("id").orElseGet(() -> UUID.randomUUID().toString()),
                body.id("customer"),
                body.id("merchant"),
                body.amount("amount"),
                fault(body.text("fault").orElse("none")));
    }

    private static Fault fault(String name) {
        for (Fault fault : Fault.values()) {
            if (fault.name().toLowerCase(Locale.ROOT).equals(name)) {
                return fault;
            }
        }
        throw new RefusedException(Reason.INVALID, "fault '" + name + "' must be none, closed, unfreeze or alarm");
    }
}
