package io.holdfast.sample.counter;

import io.holdfast.sample.common.Money;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.List;

/**
 * A payment whose try was done.
 *
 * @param steps what has become of it, in the order in which that happened
 */
public record Payment(String id, String customer, String merchant, BigDecimal amount, List<Step> steps) {
    /** Something that happened to a payment. */
    public record Step(What what, String text) {
        /** Effects, each of which comes once at most, and failures. */
        public enum What {
            FROZEN,
            CREDITED,
            DEDUCTED,
            UNFROZEN,
            /** The merchant's account refused the credit for good. */
            REFUSED,
            UNFREEZING_FAILED
        }
    }

    JsonObjectBuilder json() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        steps.forEach(step -> list.add(
                Json.createObjectBuilder().add("step", step.what().name()).add("text", step.text())));
        return Json.createObjectBuilder()
                .add("id", id)
                .add("customer", customer)
                .add("merchant", merchant)
                .add("amount", Money.text(amount))
                .add("steps", list);
    }
}
