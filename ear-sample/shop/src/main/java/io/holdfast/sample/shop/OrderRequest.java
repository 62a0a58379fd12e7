package io.holdfast.sample.shop;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * What somebody wants to order, and what is to go wrong on the way.
 *
 * @param tell an address that is told of each state of the order; empty for none
 */
public record OrderRequest(Mode mode, String id, String customer, BigDecimal amount, Fault fault, String tell) {
    /** What is to go wrong. */
    public enum Fault {
        NONE("none"),
        /** The order centre fails after its message was sent. */
        AFTER_SEND("after-send"),
        /** The order centre sends to a queue that is not there. */
        UNKNOWN_QUEUE("unknown-queue"),
        /** The order centre sends more than is allowed. */
        OVERSIZED("oversized"),
        /** The account centre fails after it has debited and answered, at the first delivery. */
        FIRST_DEBIT("first-debit"),
        /** The account centre fails at each delivery. */
        EACH_DEBIT("each-debit"),
        /** What is told of the new order is signed with another secret than the receiver's. */
        FORGED("forged");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static Fault parse(String text) {
            for (Fault fault : values()) {
                if (fault.text.equals(text)) {
                    return fault;
                }
            }
            throw new RefusedException(
                    Reason.INVALID,
                    "fault '" + text
                            + "' must be none, after-send, unknown-queue, oversized, first-debit, each-debit or forged");
        }
    }

    static OrderRequest parse(String text) {
        RequestBody body = RequestBody.parse(text);
        Mode mode = Mode.parse(body.text("mode").orElse("xa"));
        String tell = body.text("tell").orElse("");
        if (!tell.isEmpty() && mode != Mode.XA) {
            throw new RefusedException(
                    Reason.INVALID,
                    "tell '" + tell + "' needs the mode xa: a database that is not XA cannot commit with it");
        }
        return new OrderRequest(
                mode,
                body.optionalId("id").orElseGet(() -> UUID.randomUUID().toString()),
                body.id("customer"),
                body.amount("amount"),
                Fault.parse(body.text("fault").orElse("none")),
                tell);
    }
}
