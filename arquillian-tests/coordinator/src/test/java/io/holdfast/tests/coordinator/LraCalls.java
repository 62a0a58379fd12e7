package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Requests to the coordinator as the tests write them. Thread-safe. */
final class LraCalls {
    static final Map<String, String> JSON = Map.of("Accept", "application/json");

    private final CoordinatorServer server;

    LraCalls(CoordinatorServer server) {
        this.server = server;
    }

    /** @param target an absolute address, or what follows the coordinator's */
    Answer send(String method, String target, Map<String, String> headers, String body) {
        URI uri = URI.create(target.startsWith("http") ? target : server.base() + target);
        return server.http().send(method, uri, headers, body);
    }

    Answer get(String target) {
        return send("GET", target, Map.of(), "");
    }

    Answer put(String target) {
        return put(target, Map.of());
    }

    Answer put(String target, Map<String, String> headers) {
        return send("PUT", target, headers, "");
    }

    Answer post(String target, Map<String, String> headers) {
        return send("POST", target, headers, "");
    }

    /** The id of a new LRA. */
    String start(String query) {
        Answer answer = post("/start?ClientID=test" + query, Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.location().orElseThrow();
    }

    String startNestedIn(String parent) {
        return start("&ParentLRA=" + encoded(parent));
    }

    /** The recovery URL of a participant that has joined. */
    String join(String lra, String link) {
        Answer answer = put(addressOf(lra), Map.of("Link", link));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    String status(String lra) {
        return get(addressOf(lra) + "/status").body();
    }

    void awaitStatus(String lra, String status) {
        await(status).atMost(Duration.ofSeconds(20)).until(() -> status(lra).equals(status));
    }

    JsonObject json(String target) {
        return object(send("GET", target, JSON, ""));
    }

    static JsonObject object(Answer answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .as(answer.toString())
                .startsWith("application/json");
        return answer.json().asJsonObject();
    }

    /** Where requests about it go: the id without its parent. */
    static String addressOf(String lra) {
        return lra.replaceFirst("\\?.*", "");
    }

    static String uidOf(String lra) {
        String address = addressOf(lra);
        return address.substring(address.lastIndexOf('/') + 1);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
