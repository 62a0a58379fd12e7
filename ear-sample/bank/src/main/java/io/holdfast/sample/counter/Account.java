package io.holdfast.sample.counter;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;

/**
 * An account at the counter.
 *
 * @param opening what was on it when it was opened
 * @param frozen part of the balance
 * @param paid what all payments together, also those that are shown no longer, say they have deducted from it or credited to it
 */
public record Account(
        String id, Side side, BigDecimal opening, BigDecimal balance, BigDecimal frozen, BigDecimal paid) {
    /** Who has it. */
    public enum Side {
        CUSTOMER,
        MERCHANT
    }

    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("side", side.name())
                .add("opening", Money.text(opening))
                .add("balance", Money.text(balance))
                .add("frozen", Money.text(frozen))
                .add("paid", Money.text(paid));
    }
}
