package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What operators ask of the coordinator's application, by name and password. Thread-safe. */
public final class OperationsClient {
    private final JsonHttp http;
    private final URI coordinator;

    /** @param coordinator the base of the contract's addresses */
    public OperationsClient(JsonHttp http, URI coordinator) {
        this.http = http;
        this.coordinator = coordinator;
    }

    /** The answer to somebody who says nothing of himself. */
    public Answer anonymous(String method, String path) {
        return http.send(method, address(path), Map.of(), "");
    }

    /** @param body JSON, or empty for none */
    public Answer as(String user, String password, String method, String path, String body) {
        Map<String, String> headers = new HashMap<>(authorization(user, password));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return http.send(method, address(path), headers, body);
    }

    public static Map<String, String> authorization(String user, String password) {
        String credentials = user + ":" + password;
        return Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private URI address(String path) {
        return URI.create(coordinator.toString().replaceFirst("/lra-coordinator$", "/operations") + path);
    }
}
