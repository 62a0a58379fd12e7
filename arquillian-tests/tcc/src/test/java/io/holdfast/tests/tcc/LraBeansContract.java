package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.ServerControl;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code @LRA} on session and message-driven beans that are no resources, on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class LraBeansContract {
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private final JsonHttp http = new JsonHttp();
    private ServerControl server;

    abstract ServerControl started();

    @BeforeAll
    void start() {
        server = started();
        server.deploy("lra-coordinator.war");
        server.deploy("tcc.war");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void a_session_bean_runs_in_an_lra_that_closes_when_its_transaction_has_committed() {
        awaitJournal(book("ejb", "done"), "book", "complete");
    }

    @Test
    void an_exception_of_a_session_bean_cancels_the_lra() {
        awaitJournal(book("failing", "No seat"), "book", "compensate");
    }

    @Test
    void a_transaction_that_rolls_back_cancels_the_lra_although_the_method_returned() {
        awaitJournal(book("rollback", "done"), "book", "compensate");
    }

    @Test
    void a_message_driven_bean_runs_in_an_lra_of_its_own() {
        awaitJournal(book("message", "done"), "message", "message complete");
    }

    @Test
    void beans_join_the_lra_of_the_thread_and_of_the_message() {
        awaitJournal(book("lra", "done"), "add", "message", "message complete", "complete");
    }

    @Test
    void who_needs_an_lra_is_refused_without_one() {
        awaitJournal(book("alone", "HFPAR034"));
    }

    private String book(String by, String answer) {
        String key = UUID.randomUUID().toString();
        Answer answered =
                http.send("POST", server.root().resolve("/tcc/api/bookings?by=" + by + "&key=" + key), Map.of(), "");
        assertThat(answered.status()).as(answered.toString()).isEqualTo(200);
        assertThat(answered.body()).contains(answer);
        return key;
    }

    private void awaitJournal(String key, String... entries) {
        await().atMost(DELIVERY).during(Duration.ofMillis(500)).untilAsserted(() -> {
            Answer answer = http.send("GET", server.root().resolve("/tcc/api/bookings?key=" + key), Map.of(), "");
            assertThat(answer.body().lines()).containsExactlyInAnyOrder(entries);
        });
    }
}
