package io.holdfast.scenarios.shop;

import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample's shop over HTTP. Thread-safe. */
public final class ShopClient {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final JsonHttp http = new JsonHttp();
    private final URI page;
    private final URI api;

    /** @param root of the server, with a slash at its end */
    public ShopClient(URI root) {
        page = root.resolve("shop/");
        api = page.resolve("api/");
    }

    /** For a browser. */
    public URI page() {
        return page;
    }

    /** @param fault in the shop's words; "none" for none */
    public Answer place(String mode, String id, String customer, String amount, String fault) {
        return http.post(
                api.resolve("orders"),
                Json.createObjectBuilder()
                        .add("mode", mode)
                        .add("id", id)
                        .add("customer", customer)
                        .add("amount", amount)
                        .add("fault", fault)
                        .build());
    }

    /** An order by XA that tells the address of each of its states. */
    public Answer placeAndTell(String id, String customer, String fault, String tell) {
        return http.post(
                api.resolve("orders"),
                Json.createObjectBuilder()
                        .add("mode", "xa")
                        .add("id", id)
                        .add("customer", customer)
                        .add("amount", "1")
                        .add("fault", fault)
                        .add("tell", tell)
                        .build());
    }

    /** How far a notification has come. */
    public Answer progress(String id) {
        return http.get(api.resolve("progress/" + id));
    }

    /** Where it can be asked whether a centre has taken a message. */
    public URI operation(String mode, String operation, String key) {
        return api.resolve(mode + "/operations/" + operation + "/" + key);
    }

    /** Whether a centre has taken a message. */
    public Answer taken(String mode, String operation, String key) {
        return http.get(operation(mode, operation, key));
    }

    /** The states of the order that the receiver at the queue {@code java:global/jms/shopNews} was told of. */
    public List<String> news(String id) {
        return http.get(api.resolve("news/" + id)).json().asJsonArray().getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** Sends the order's message once more. */
    public Answer again(String mode, String id) {
        return http.send("POST", api.resolve(mode + "/orders/" + id + "/again"), Map.of(), "");
    }

    /** Empty when there is no such order. */
    public Optional<JsonObject> order(String mode, String id) {
        Answer answer = http.get(api.resolve(mode + "/orders/" + id));
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(answer.json().asJsonObject());
    }

    /** The order's state; {@code ""} when there is no such order. */
    public String state(String mode, String id) {
        return order(mode, id).map(order -> order.getString("state")).orElse("");
    }

    public void awaitState(String mode, String id, String state) {
        await(mode + " order " + id).atMost(LONGEST).until(() -> state(mode, id), state::equals);
    }

    public BigDecimal balance(String mode, String account) {
        return overview().getJsonArray("accounts").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("mode").equals(mode)
                        && one.getString("id").equals(account))
                .map(one -> new BigDecimal(one.getString("balance")))
                .findFirst()
                .orElseThrow();
    }

    /** What completed orders of the customer have cost. */
    public BigDecimal completed(String mode, String customer) {
        return overview().getJsonArray("orders").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("mode").equals(mode)
                        && one.getString("customer").equals(customer)
                        && one.getString("state").equals("COMPLETED"))
                .map(one -> new BigDecimal(one.getString("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** How many messages stand in the broker's dead-letter queue. */
    public int deadLetters() {
        return overview().getInt("deadLetters");
    }

    /** Whether the shop answers. */
    public boolean isUp() {
        return http.get(api.resolve("overview")).isSuccess();
    }

    /** What the page shows. */
    public JsonObject overview() {
        return http.get(api.resolve("overview")).json().asJsonObject();
    }
}
