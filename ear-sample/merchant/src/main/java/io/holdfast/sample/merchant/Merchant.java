package io.holdfast.sample.merchant;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;

/** A merchant and what was credited. */
record Merchant(String id, BigDecimal balance) {
    JsonObject json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("balance", Money.text(balance))
                .build();
    }
}
