package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.tests.adapter.app.Wish;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The application on a server, and what became of an entry with everybody who took part in it. */
final class Entries {
    /** All databases and participants, where the transaction has committed; each is told at least once. */
    static final Set<String> COMMITTED = Set.of("entry", "CONFIRM", "confirm", "complete");

    /** The same, where it has rolled back. */
    static final Set<String> ROLLED_BACK = Set.of("CANCEL", "cancel", "compensate");

    /** For what might come late, or twice. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(200);

    private final JsonHttp http = new JsonHttp();
    private final Supplier<URI> root;
    private final Services services;

    Entries(Supplier<URI> root, Services services) {
        this.root = root;
        this.services = services;
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }

    /** Writes an entry; the answer is "done", or 409 with the reason. */
    Answer write(String key, Wish wish) {
        return send("POST", "key=" + key + "&wish=" + wish + "&services=" + services.root());
    }

    /** While it is closed the local participant fails. */
    void participant(String state) {
        assertThat(send("PUT", "participant=" + state).status()).isEqualTo(204);
    }

    /** What is in the databases and what the participants were told. */
    List<String> found(String key) {
        Answer answer = send("GET", "key=" + key);
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        List<String> found = new ArrayList<>(answer.body().lines().toList());
        found.addAll(services.told(key));
        return found;
    }

    /** Waits until the application answers. */
    void awaitAnswer(Duration atMost) {
        await("an answer of the application")
                .atMost(atMost)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .until(() -> found("").isEmpty());
    }

    /**
     * Waits until everybody agrees.
     *
     * @param outcome {@link #COMMITTED} or {@link #ROLLED_BACK}
     * @return how long that took
     */
    Duration awaitAgreement(String key, Set<String> outcome, Duration atMost) {
        long begin = System.nanoTime();
        await("agreement on " + outcome)
                .atMost(atMost)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .untilAsserted(() -> assertAgreement(key, outcome));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        await("its lasting").during(QUIET).pollInterval(POLL).untilAsserted(() -> assertAgreement(key, outcome));
        return took;
    }

    private void assertAgreement(String key, Set<String> outcome) {
        assertThat(new HashSet<>(found(key))).isEqualTo(outcome);
    }

    private Answer send(String method, String query) {
        return http.send(method, root.get().resolve("/ledger/entries?" + query), Map.of(), "");
    }
}
