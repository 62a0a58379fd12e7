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
    /** @return the order's key */
    String order(String by, String ending, String answer) {
        String key = UUID.randomUUID().toString();
        Answer answered = send("POST", "by=" + by + "&ending=" + ending + "&key=" + key);
        assertThat(answered.status()).as(answered.toString()).isEqualTo(200);
        assertThat(answered.body()).contains(answer);
        return key;
    }

    /** While it is closed no confirm and no cancel succeeds. */
    void gate(String state) {
        assertThat(send("PUT", "gate=" + state).status()).isEqualTo(204);
    }

    List<String> book(String key) {
        Answer answer = send("GET", "key=" + key);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().lines().toList();
    }

    Answer send(String method, String query) {
        return http.send(method, server.root().resolve("/tcc/shop?" + query), Map.of(), "");
    }
}
