package io.holdfast.scenarios;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What a customer asks the bank for. Immutable. */
public record Order(
        String id,
        String customer,
        String merchant,
        BigDecimal amount,
        boolean failsAfterTry,
        boolean waitsForGo,
        Optional<Duration> timeLimit) {

    public static Order of(String customer, String merchant, String amount) {
        return new Order(
                UUID.randomUUID().toString(),
                customer,
                merchant,
                new BigDecimal(amount),
                false,
                false,
                Optional.empty());
    }

    public Order withId(String newId) {
        return new Order(newId, customer, merchant, amount, failsAfterTry, waitsForGo, timeLimit);
    }

    public Order failingAfterTry() {
        return new Order(id, customer, merchant, amount, true, waitsForGo, timeLimit);
    }

    public Order waitingForGo() {
        return new Order(id, customer, merchant, amount, failsAfterTry, true, timeLimit);
    }

    public Order within(Duration limit) {
        return new Order(id, customer, merchant, amount, failsAfterTry, waitsForGo, Optional.of(limit));
    }

    public JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", id)
                .add("customer", customer)
                .add("merchant", merchant)
                .add("amount", amount)
                .add("fault", failsAfterTry ? "after-try" : "none")
                .add("waitForGo", waitsForGo);
        timeLimit.ifPresent(limit -> json.add("timeLimitMillis", limit.toMillis()));
        return json.build();
    }

    @Override
    public String toString() {
        return amount + " from " + customer + " to " + merchant;
    }
}
