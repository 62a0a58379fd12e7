package io.holdfast.sample.account;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;

/** A customer's account; what is frozen is still part of the balance. */
record Account(String id, BigDecimal balance, BigDecimal frozen) {
    BigDecimal available() {
        return balance.subtract(frozen);
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("balance", Money.text(balance))
                .add("frozen", Money.text(frozen))
                .build();
    }
}
