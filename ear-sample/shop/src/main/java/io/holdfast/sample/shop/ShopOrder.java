package io.holdfast.sample.shop;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;

/**
 * An order as the order centre keeps it.
 *
 * @param reason why it was cancelled; empty otherwise
 * @param tell who is told of each state; empty for nobody
 */
public record ShopOrder(String id, String customer, BigDecimal amount, OrderState state, String reason, String tell) {
    JsonObjectBuilder json(Mode mode) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("mode", mode.text())
                .add("customer", customer)
                .add("amount", Money.text(amount))
                .add("state", state.name())
                .add("reason", reason);
    }
}
