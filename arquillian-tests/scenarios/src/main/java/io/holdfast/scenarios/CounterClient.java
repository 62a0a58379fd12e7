package io.holdfast.scenarios;

import io.holdfast.scenarios.CounterBook.Account;
import io.holdfast.scenarios.CounterBook.Payment;
import io.holdfast.scenarios.CounterBook.Step;
import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;

/** The HTTP interface of the bank's counter, whose payments have TCC participants only. Thread-safe. */
public final class CounterClient {
    private final JsonHttp http;
    private final URI root;

    /** @param root where the applications are, for instance {@code http://127.0.0.1:8080/} */
    public CounterClient(JsonHttp http, URI root) {
        this.http = http;
        this.root = root;
    }

    /**
     * An alarm that the adapter raised, as the bank heard of it.
     *
     * @param refused whether the participant refused for good
     * @param payment that stays frozen, else empty
     */
    public record Alarm(
            String participant, String decision, int attempts, boolean refused, String cause, String payment) {}

    public URI page() {
        return root.resolve("/bank/counter.html");
    }

    /** @param fault none, closed, unfreeze or alarm */
    public Answer pay(String id, String customer, String merchant, String amount, String fault) {
        return http.post(
                root.resolve("/bank/api/counter/payments"),
                Json.createObjectBuilder()
                        .add("id", id)
                        .add("customer", customer)
                        .add("merchant", merchant)
                        .add("amount", amount)
                        .add("fault", fault)
                        .build());
    }

    public CounterBook book() {
        JsonObject told = overview();
        return new CounterBook(
                told.getJsonArray("accounts").getValuesAs(JsonObject.class).stream()
                        .map(account -> new Account(
                                account.getString("id"),
                                account.getString("side").equals("CUSTOMER"),
                                new BigDecimal(account.getString("opening")),
                                new BigDecimal(account.getString("balance")),
                                new BigDecimal(account.getString("frozen")),
                                new BigDecimal(account.getString("paid"))))
                        .toList(),
                told.getJsonArray("payments").getValuesAs(JsonObject.class).stream()
                        .map(CounterClient::payment)
                        .toList(),
                told.getInt("unsettled"));
    }

    private static Payment payment(JsonObject payment) {
        return new Payment(
                payment.getString("id"),
                payment.getString("customer"),
                payment.getString("merchant"),
                new BigDecimal(payment.getString("amount")),
                payment.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                        .map(step -> Step.valueOf(step.getString("step")))
                        .toList());
    }

    /** The newest first. */
    public List<Alarm> alarms() {
        return overview().getJsonArray("alarms").getValuesAs(JsonObject.class).stream()
                .map(alarm -> new Alarm(
                        alarm.getString("participant"),
                        alarm.getString("decision"),
                        alarm.getInt("attempts"),
                        alarm.getBoolean("refused"),
                        alarm.getString("cause"),
                        alarm.getString("payment")))
                .toList();
    }

    private JsonObject overview() {
        return http.get(root.resolve("/bank/api/counter")).json().asJsonObject();
    }
}
