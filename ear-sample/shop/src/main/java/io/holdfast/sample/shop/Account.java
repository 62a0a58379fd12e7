package io.holdfast.sample.shop;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;

/** An account as the account centre keeps it. */
public record Account(String id, BigDecimal balance) {
    JsonObject json(Mode mode) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("mode", mode.text())
                .add("balance", Money.text(balance))
                .build();
    }
}
