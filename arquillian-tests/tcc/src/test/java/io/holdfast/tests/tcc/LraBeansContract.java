package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.ServerControl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    /** Payara says that it has started, and goes on loading applications. */
    private static final Duration LOADING = Duration.ofMinutes(10);

    private static final String FREEZE = "freeze 12345678901234567.99";
    private static final String DEDUCT = "deduct 12345678901234567.99 of 1970-01-01T00:00:00Z with ticket 7";
    private static final String PAY = "pay 12345678901234567.99";
    private static final String[] UNDONE = {
        "announce",
        FREEZE,
        "take",
        "enter",
        PAY,
        "strike",
        "refund payment 7",
        "put back",
        "unfreeze with ticket 7",
        "drop"
    };

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

    @Test
    void an_lra_that_closes_confirms_the_reservations_and_its_actions_stand() {
        awaitBook(book("reserving", "done"), "announce", FREEZE, "take", "enter", PAY, "credit", DEDUCT);
    }

    @Test
    void an_lra_that_is_cancelled_cancels_the_reservations_and_undoes_the_actions_in_reverse_order() {
        String key = book("reserving%20in%20vain", "No seat");

        awaitBook(key, UNDONE);
        assertThat(entries(key)).containsSubsequence("strike", "refund payment 7", "put back");
    }

    @Test
    void a_global_transaction_in_an_lra_commits_its_rows_and_its_nested_lra() {
        String key = book("trip", "done");

        awaitJournal(key, "add", "complete");
        awaitBook(key, "trip");
    }

    @Test
    void a_global_transaction_in_an_lra_rolls_back_its_rows_and_its_nested_lra() {
        String key = book("trip%20in%20vain", "No trip");

        awaitJournal(key, "add", "compensate");
        awaitBook(key);
    }

    @Test
    void what_a_global_transaction_has_committed_is_undone_when_the_lra_around_it_is_cancelled() {
        String key = book("trip%20regretted", "done");

        awaitJournal(key, "add", "complete", "compensate");
        awaitBook(key, "trip", "trip cancelled");
    }

    @Test
    void an_lra_whose_coordinator_is_away_at_the_commit_closes_when_it_is_back() {
        String key = UUID.randomUUID().toString();
        CompletableFuture<Answer> booking =
                CompletableFuture.supplyAsync(() -> send("POST", "/tcc/api/bookings?by=slowly&key=" + key));
        awaitJournal(key, "book");
        server.undeploy("lra-coordinator.war");
        try {
            send("PUT", "/tcc/api/bookings?key=" + key);

            assertThat(booking.join().body()).isEqualTo("done");
        } finally {
            server.deploy("lra-coordinator.war");
        }
        awaitJournal(key, "book", "complete");
    }

    @Test
    void what_an_lra_has_cancelled_is_done_after_a_crash() {
        send("PUT", "/tcc/shop?gate=closed");
        String key = book("reserving%20in%20vain", "No seat");
        server.kill();
        server.start();
        await().atMost(LOADING)
                .untilAsserted(() ->
                        assertThat(send("GET", "/tcc/shop?key=" + key).status()).isEqualTo(200));

        awaitBook(key, UNDONE);
    }

    private void awaitBook(String key, String... expected) {
        await().atMost(DELIVERY).during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(entries(key))
                .containsExactlyInAnyOrder(expected));
    }

    private List<String> entries(String key) {
        return send("GET", "/tcc/shop?key=" + key).body().lines().toList();
    }

    private Answer send(String method, String address) {
        return http.send(method, server.root().resolve(address), Map.of(), "");
    }

    private String book(String by, String answer) {
        String key = UUID.randomUUID().toString();
        Answer answered = send("POST", "/tcc/api/bookings?by=" + by + "&key=" + key);
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
