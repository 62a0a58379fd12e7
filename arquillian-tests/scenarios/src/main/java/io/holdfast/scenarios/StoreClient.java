package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The HTTP interface of the store, whose orders are flows of actions with undos. Thread-safe. */
public final class StoreClient {
    private final JsonHttp http;
    private final URI root;

    /** @param root where the applications are, for instance {@code http://127.0.0.1:8080/} */
    public StoreClient(JsonHttp http, URI root) {
        this.http = http;
        this.root = root;
    }

    /**
     * Something that was done for an order, or undone.
     *
     * @param name order, stock, payment or shipping
     */
    public record Step(String name, boolean undone, String text) {
        @Override
        public String toString() {
            return (undone ? "undo " : "") + name;
        }
    }

    public URI page() {
        return root.resolve("/bank/store.html");
    }

    /** @param failAt none, payment, shipping or end */
    public Answer order(String id, String item, int pieces, String failAt) {
        return http.post(
                root.resolve("/bank/api/store/orders"),
                Json.createObjectBuilder()
                        .add("id", id)
                        .add("item", item)
                        .add("pieces", pieces)
                        .add("failAt", failAt)
                        .build());
    }

    /** All that was done and undone for an order so far, in that order; empty for one that nobody knows. */
    public List<Step> steps(String order) {
        return orders().getOrDefault(order, List.of());
    }

    /** The newest orders, the newest first. */
    public Map<String, List<Step>> orders() {
        Map<String, List<Step>> orders = new LinkedHashMap<>();
        overview()
                .getJsonArray("orders")
                .getValuesAs(JsonObject.class)
                .forEach(order -> orders.put(
                        order.getString("id"),
                        order.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                                .map(step -> new Step(
                                        step.getString("step"), step.getBoolean("undone"), step.getString("text")))
                                .toList()));
        return orders;
    }

    /** How many pieces of the item there are. */
    public int stock(String item) {
        return overview().getJsonObject("stock").getInt(item);
    }

    private JsonObject overview() {
        return http.get(root.resolve("/bank/api/store")).json().asJsonObject();
    }
}
