package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.tests.coordinator.Participants.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One LRA in each state, with participants, that bad requests must leave as they are.
 *
 * @param active and its two participants
 * @param closing waits for a participant that answers 202
 * @param nested active, below {@code parent}
 * @param owned by {@link #OWNER}
 * @param held by {@link #OWNER_OF_HELD}
 * @param limited active, to be cancelled in an hour
 */
record Landscape(
        Known active,
        Known closing,
        Known closed,
        Known cancelled,
        Known failed,
        Known parent,
        Known nested,
        Known owned,
        Known held,
        Known limited) {
    static final String OWNER = "owner-of-the-landscape";
    static final String OWNER_OF_HELD = "owner-of-the-held-one";

    /**
     * An LRA.
     *
     * @param id its URL
     * @param recovery the recovery URL of its first participant
     */
    record Known(String id, String recovery) {
        /** The last segment of its address. */
        String uid() {
            String address = address();
            return address.substring(address.lastIndexOf('/') + 1);
        }

        String address() {
            return id.contains("?") ? id.substring(0, id.indexOf('?')) : id;
        }

        String participant() {
            return recovery.substring(recovery.lastIndexOf('/') + 1);
        }
    }

    List<Known> all() {
        return List.of(active, closing, closed, cancelled, failed, parent, nested, owned, held, limited);
    }

    /** Those that a participant could join. */
    List<Known> open() {
        return List.of(active, parent, nested, owned, limited);
    }

    static Landscape build(CoordinatorServer server, Participants participants) {
        Builder builder = new Builder(server, participants);
        participants.answer("slow", Reply.of(202, ""));
        participants.answer("failing", call -> Reply.of(call.what().equals("forget") ? 200 : 409, "FailedToComplete"));
        Known parent = builder.started("", Map.of(), "in-parent");
        var landscape = new Landscape(
                builder.started("", Map.of(), "first", "second"),
                builder.started("", Map.of(), "slow"),
                builder.started("", Map.of(), "closed"),
                builder.started("", Map.of(), "cancelled"),
                builder.started("", Map.of(), "failing"),
                parent,
                builder.started(
                        "&ParentLRA=" + URLEncoder.encode(parent.id(), StandardCharsets.UTF_8), Map.of(), "in-nested"),
                builder.started("", Map.of("Holdfast-Owner", OWNER), "in-owned"),
                builder.started("", Map.of("Holdfast-Owner", OWNER_OF_HELD), "in-held"),
                builder.started("&TimeLimit=3600000", Map.of(), "in-limited"));
        builder.put(landscape.closing.address() + "/close", Map.of("Narayana-LRA-API-version", "2.0"), 202);
        builder.put(landscape.closed.address() + "/close", Map.of(), 200);
        builder.put(landscape.cancelled.address() + "/cancel", Map.of(), 200);
        builder.put(landscape.failed.address() + "/close", Map.of(), 200);
        builder.put(landscape.held.address() + "/hold", Map.of("Holdfast-Owner", OWNER_OF_HELD), 200);
        await("the end of the failed one").atMost(Duration.ofSeconds(10)).until(() -> server.client()
                .status(URI.create(landscape.failed.address()))
                .body()
                .equals("FailedToClose"));
        return landscape;
    }

    /** The one that waits for its participant ends, so that nobody calls participants that are gone. */
    void settle(CoordinatorServer server, Participants participants) {
        participants.answer("slow", Reply.OK);
        server.client().recover();
        new LraCalls(server).awaitStatus(closing.id(), "Closed");
    }

    private record Builder(CoordinatorServer server, Participants participants) {
        Known started(String query, Map<String, String> headers, String... names) {
            JsonHttp http = server.http();
            Answer start =
                    http.send("POST", URI.create(server.base() + "/start?ClientID=landscape" + query), headers, "");
            assertThat(start.status()).as(start.toString()).isEqualTo(201);
            Known known = new Known(start.location().orElseThrow(), "");
            List<String> recovery = Stream.of(names)
                    .map(name -> put(known.address(), Map.of("Link", participants.link(name)), 200))
                    .toList();
            return new Known(known.id(), recovery.get(0));
        }

        String put(String address, Map<String, String> headers, int status) {
            Answer answer = server.http().send("PUT", URI.create(address), headers, "");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            return answer.body();
        }
    }
}
