package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.OperationsClient;
import io.holdfast.scenarios.server.ServerControl;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The page of the application's operators, as a user sees it.
 *
 * @param user who has the password of all users
 */
record StuckPage(JsonHttp http, ServerControl server, String user) {
    static Answer anonymous(JsonHttp http, ServerControl server) {
        return http.send("GET", address(server, ""), Map.of(), "");
    }

    /** A line for each participant of what waits or has failed: Xid, state, id, state, address; or the refusal. */
    List<String> shown() {
        return body("GET", "").lines().toList();
    }

    /** What comes of it. */
    String say(String action, String branch, String participant, String said) {
        return body(
                "POST",
                "?do=" + action + "&branch=" + branch + "&participant=" + participant + "&said="
                        + URLEncoder.encode(said, StandardCharsets.UTF_8));
    }

    private String body(String method, String query) {
        Answer answer =
                http.send(method, address(server, query), OperationsClient.authorization(user, TccServer.PASSWORD), "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private static URI address(ServerControl server, String query) {
        return server.root().resolve("/tcc/stuck" + query);
    }
}
