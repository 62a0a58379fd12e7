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
 */
public record Account(String id, Side side, BigDecimal opening, BigDecimal balance, BigDecimal frozen) {
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
                .add("frozen", Money.text(frozen));
    }
}
