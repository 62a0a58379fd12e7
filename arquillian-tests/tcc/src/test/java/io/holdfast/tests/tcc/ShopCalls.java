package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.ServerControl;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests ask of the shop of the application package. */
record ShopCalls(JsonHttp http, ServerControl server) {
    /** Of an order or a transfer. */
    static String key() {
        return UUID.randomUUID().toString();
    }

    /** @return the order's key */
    String order(String by, String ending, String answer) {
        String key = key();
        order(by, ending, answer, key);
        return key;
    }

    /** @return the answer, which contains the one that is expected */
    String order(String by, String ending, String answer, String key) {
        Answer answered = send("POST", "by=" + by + "&ending=" + ending + "&key=" + key);
        assertThat(answered.status()).as(answered.toString()).isEqualTo(200);
        assertThat(answered.body()).contains(answer);
        return answered.body();
    }

    /** While it is closed no confirm and no cancel succeeds. */
    void gate(String state) {
        assertThat(send("PUT", "gate=" + state).status()).isEqualTo(204);
    }

    /** Lets the long try of the order end. */
    void endTry(String key) {
        assertThat(send("PUT", "end=" + key).status()).isEqualTo(204);
    }

    List<String> book(String key) {
        return get("key=" + key).lines().toList();
    }

    /** The alarms of the order's participants. */
    List<String> alarms(String key) {
        return get("alarms=" + key).lines().toList();
    }

    /** What the carrier was told of the order, since the application was started. */
    List<String> carrier(String key) {
        return get("carrier=" + key).lines().toList();
    }

    Money money() {
        return Money.read(get("accounts=all"));
    }

    /** Whether the application is there and says what it knows of the order. */
    boolean answers(String key) {
        return send("GET", "key=" + key).status() == 200;
    }

    private String get(String query) {
        Answer answer = send("GET", query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private Answer send(String method, String query) {
        return http.send(method, server.root().resolve("/tcc/shop?" + query), Map.of(), "");
    }
}
