package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.Lra;
import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The coordinator's REST contract, as far as the scenarios use it. Thread-safe. */
public final class CoordinatorClient {
    private final JsonHttp http;
    private final URI base;

    /** @param base for instance {@code http://127.0.0.1:8080/lra-coordinator/lra-coordinator} */
    public CoordinatorClient(JsonHttp http, URI base) {
        this.http = http;
        this.base = base;
    }

    public List<Lra> lras() {
        return http.get(base).json().asJsonArray().getValuesAs(JsonObject.class).stream()
                .map(json -> new Lra(json.getString("lraId"), json.getString("status")))
                .toList();
    }

    /** Asks the coordinator to try everything that is under way again now. */
    public Answer recover() {
        return http.get(URI.create(base + "/recovery"));
    }

    public Answer start(String clientId) {
        return http.send("POST", URI.create(base + "/start?ClientID=" + clientId), Map.of(), "");
    }

    public Answer join(URI lra, String link) {
        return http.send("PUT", lra, Map.of("Link", link, "Content-Type", "text/plain"), "");
    }

    public Answer close(URI lra) {
        return http.send("PUT", URI.create(lra + "/close"), Map.of(), "");
    }

    public Answer cancel(URI lra) {
        return http.send("PUT", URI.create(lra + "/cancel"), Map.of(), "");
    }

    public Answer status(URI lra) {
        return http.send("GET", URI.create(lra + "/status"), Map.of(), "");
    }

    /** An id that the coordinator never gave out. */
    public URI unknown(String uid) {
        return URI.create(base + "/" + uid);
    }
}
