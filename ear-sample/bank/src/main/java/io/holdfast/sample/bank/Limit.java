package io.holdfast.sample.bank;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;

/**
 * How much a customer has transferred in all, and may.
 *
 * @param used by transfers that are done
 * @param reserved by transfers that are under way
 */
public record Limit(String customer, BigDecimal used, BigDecimal reserved) {
    /** What a customer may transfer in all. */
    static final BigDecimal MOST = new BigDecimal("1000000.00");

    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("customer", customer)
                .add("used", Money.text(used))
                .add("reserved", Money.text(reserved))
                .add("most", Money.text(MOST));
    }
}
