package io.holdfast.sample.bank;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;

/** A transfer that was done. */
public record Transfer(String id, String customer, String merchant, BigDecimal amount, String lra) {
    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("customer", customer)
                .add("merchant", merchant)
                .add("amount", Money.text(amount))
                .add("lra", lra);
    }
}
