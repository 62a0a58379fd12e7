package io.holdfast.lra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the coordinators, answer by answer. */
class CoordinatorClientTest {
    private static final String LINK = "<http://me/undo>; rel=\"compensate\"";

    private final ScriptedCoordinator coordinator = new ScriptedCoordinator();
    private final CoordinatorClient client = new CoordinatorClient(CoordinatorSettings.of(coordinator.address()));

    @AfterEach
    void stop() throws IOException {
        client.close();
        coordinator.close();
    }

    @Test
    void start_gives_the_id_that_stands_in_location() throws Exception {
        coordinator.answers(201, "", "Location: " + coordinator.url() + "/1-a_b");

        LraId lra = client.start("Shop#buy", Optional.of(Duration.ofSeconds(3)));

        assertThat(lra).isEqualTo(coordinator.lra("1-a_b"));
        assertThat(coordinator.requests()).singleElement().satisfies(request -> assertThat(request)
                .startsWith(
                        "POST /lra-coordinator/lra-coordinator/start?ClientID=Shop%23buy&TimeLimit=3000&ParentLRA= HTTP/1.1")
                .contains("Narayana-LRA-API-version: 1.2", "Accept: text/plain", "Content-Length: 0")
                .contains("Host: localhost:" + coordinator.address().port())
                .doesNotContain("Expect"));
    }

    @Test
    void a_nested_lra_is_started_with_its_parent_s_id() throws Exception {
        LraId parent = coordinator.lra("1");
        String nested = coordinator.url() + "/2?ParentLRA="
                + coordinator.url().replace("/", "%2F").replace(":", "%3A") + "%2F1";
        coordinator.answers(201, "", "Location: " + nested);

        LraId lra = client.startNested(parent, "Shop#buy", Optional.empty());

        assertThat(lra.uid()).isEqualTo("2");
        assertThat(lra).hasToString(nested);
        assertThat(coordinator.lines().get(0))
                .contains("&TimeLimit=0&ParentLRA=http%3A%2F%2Flocalhost%3A")
                .endsWith("%2F1");
    }

    @Test
    void a_nested_lra_of_an_unknown_parent_is_not_started() {
        coordinator.answers(404, "no such LRA");

        assertUnknown(() -> client.startNested(coordinator.lra("1"), "Shop#buy", Optional.empty()));
    }

    @Test
    void only_201_is_a_start() {
        coordinator.answers(200, "{\"lraId\":\"x\"}");

        assertRefused(200, () -> client.start("Shop#buy", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Location: nonsense", "Location: ftp://localhost/lra/1", "Location: http://localhost/lra/.."
            })
    void a_start_without_a_usable_id_is_malformed(String location) {
        coordinator.answers(201, "", location.isEmpty() ? "Other: 1" : location);

        assertMalformed("", () -> client.start("Shop#buy", Optional.empty()));
    }

    @Test
    void an_id_beyond_its_bound_is_malformed() {
        coordinator.answers(201, "", "Location: " + coordinator.url() + "/" + "a".repeat(9_000));

        assertMalformed("at most 8192 characters", () -> client.start("Shop#buy", Optional.empty()));
    }

    @Test
    void a_started_lra_at_another_address_than_the_trusted_is_said_so_at_once() {
        coordinator.answers(201, "", "Location: http://elsewhere:8080/lra-coordinator/lra-coordinator/1");

        assertThatExceptionOfType(UntrustedCoordinatorException.class)
                .isThrownBy(() -> client.start("Shop#buy", Optional.empty()))
                .withMessageStartingWith("HFPAR014")
                .withMessageContaining("http://elsewhere:8080/lra-coordinator/lra-coordinator")
                .withMessageContaining(coordinator.url());
    }

    @Test
    void join_sends_link_data_and_limit_and_gives_recovery_url_and_earlier_data() throws Exception {
        coordinator.answers(
                200,
                "",
                "Long-Running-Action-Recovery: " + coordinator.url() + "/recovery/1/2",
                "narayana-lra-participant-data: earlier");

        Enlistment enlistment =
                client.join(coordinator.lra("1"), LINK, "mine \u00e9", Optional.of(Duration.ofMillis(700)));

        assertThat(enlistment).isEqualTo(new Enlistment(URI.create(coordinator.url() + "/recovery/1/2"), "earlier"));
        assertThat(coordinator.requests()).singleElement().satisfies(request -> assertThat(request)
                .startsWith("PUT /lra-coordinator/lra-coordinator/1?TimeLimit=700 HTTP/1.1")
                .contains("Link: " + LINK, "Narayana-LRA-Participant-Data: mine \u00e9", "Content-Type: text/plain"));
    }

    @Test
    void a_nested_lra_is_joined_by_its_uid_alone() throws Exception {
        coordinator.answers(200, "", "Long-Running-Action-Recovery: http://x/y");

        Enlistment enlistment =
                client.join(LraId.parse(coordinator.url() + "/7?ParentLRA=http%3A%2F%2Fx"), LINK, "", Optional.empty());

        assertThat(enlistment.earlierData()).isEmpty();
        assertThat(coordinator.lines()).containsExactly("PUT /lra-coordinator/lra-coordinator/7?TimeLimit=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Other: 1", "Long-Running-Action-Recovery: not a url"})
    void a_join_without_a_recovery_url_is_malformed(String header) {
        coordinator.answers(200, "", header);

        assertMalformed("Long-Running-Action-Recovery", this::join);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 409, 412, 413, 417, 500, 503, 204, 302})
    void a_join_that_is_not_answered_200_is_refused_with_its_status(int status) {
        coordinator.answers(status, "", "Location: /elsewhere");

        assertRefused(status, this::join);
        assertThat(coordinator.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void what_the_coordinator_does_not_know_is_unknown(int status) {
        for (int i = 0; i < 6; i++) {
            coordinator.answers(status, "");
        }

        assertUnknown(this::join);
        assertUnknown(() -> client.leave(coordinator.lra("1"), LINK));
        assertUnknown(() -> client.close(coordinator.lra("1")));
        assertUnknown(() -> client.cancel(coordinator.lra("1")));
        assertUnknown(() -> client.status(coordinator.lra("1")));
        assertUnknown(() -> client.renew(coordinator.lra("1"), Optional.empty()));
    }

    @Test
    void a_404_of_a_server_without_a_coordinator_says_nothing_of_the_lra() {
        coordinator.raw(ScriptedCoordinator.head(404) + "Content-Length: 0\r\n\r\n");

        assertRefused(404, () -> client.status(coordinator.lra("1")));
    }

    @Test
    void what_cannot_stand_in_a_header_is_not_sent() {
        for (String bad : new String[] {"a\r\nHost: b", "\u0000", "\u20ac", "x".repeat(70_000)}) {
            assertThatThrownBy(() -> client.join(coordinator.lra("1"), LINK, bad, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The participant's data must have at most 65536 characters");
            assertThatThrownBy(() -> client.leave(coordinator.lra("1"), bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The link must have at most 8192 characters");
        }
        assertThat(coordinator.requests()).isEmpty();
    }

    @Test
    void data_as_long_as_coordinators_keep_them_come_back() throws Exception {
        String data = "d".repeat(65_536);
        coordinator.answers(
                200, "", "Long-Running-Action-Recovery: http://x/y", "Narayana-LRA-Participant-Data: " + data);

        assertThat(client.join(coordinator.lra("1"), LINK, "", Optional.empty()).earlierData())
                .isEqualTo(data);
    }

    @Test
    void leave_sends_what_the_participant_joined_by() throws Exception {
        coordinator.answers(200, "Active").answers(400, "no such participant");

        client.leave(coordinator.lra("1"), LINK);

        assertThat(coordinator.requests().get(0))
                .startsWith("PUT /lra-coordinator/lra-coordinator/1/remove HTTP/1.1")
                .contains("Content-Type: text/plain")
                .endsWith("\r\n\r\n" + LINK)
                .doesNotContain("Expect");
        assertRefused(400, () -> client.leave(coordinator.lra("1"), LINK));
    }

    @ParameterizedTest
    @EnumSource
    void close_cancel_and_status_tell_the_status(LRAStatus status) throws Exception {
        coordinator.answers(200, status.name()).answers(202, status.name()).answers(200, status.name() + "\n");

        assertThat(client.close(coordinator.lra("1"))).isEqualTo(status);
        assertThat(client.cancel(coordinator.lra("1"))).isEqualTo(status);
        assertThat(client.status(coordinator.lra("1"))).isEqualTo(status);
        assertThat(coordinator.lines())
                .containsExactly(
                        "PUT /lra-coordinator/lra-coordinator/1/close",
                        "PUT /lra-coordinator/lra-coordinator/1/cancel",
                        "GET /lra-coordinator/lra-coordinator/1/status");
    }

    @Test
    void no_content_is_active() throws Exception {
        coordinator.answers(204, "");

        assertThat(client.status(coordinator.lra("1"))).isEqualTo(LRAStatus.Active);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "active", "Done", "<html>"})
    void another_word_is_no_status(String body) {
        coordinator.answers(200, body);

        assertMalformed("no status", () -> client.status(coordinator.lra("1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 412, 500, 503})
    void a_close_that_is_refused_is_told_with_its_status(int status) {
        coordinator.answers(status, "why\r\nnot");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> client.close(coordinator.lra("1")))
                .withMessageStartingWith("HFPAR012")
                .withMessageContaining("PUT /1/close with " + status + ": why??not")
                .matches(refused -> refused.status() == status);
    }

    @Test
    void renew_sends_the_limit() throws Exception {
        coordinator.answers(200, "1");

        client.renew(coordinator.lra("1"), Optional.of(Duration.ofMinutes(1)));

        assertThat(coordinator.lines()).containsExactly("PUT /lra-coordinator/lra-coordinator/1/renew?TimeLimit=60000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/lra-coordinator/lra-coordinator/1",
                "https://localhost:PORT/lra-coordinator/lra-coordinator/1",
                "http://127.0.0.1:PORT/lra-coordinator/lra-coordinator/1",
                "http://localhost:PORT/admin/1",
                "http://localhost:PORT/lra-coordinator/lra-coordinator/below/1",
                "http://evil.example.com/lra-coordinator/lra-coordinator/1"
            })
    void nobody_is_called_at_an_address_that_is_not_on_the_list(String id) throws Exception {
        LraId lra = LraId.parse(
                id.replace("PORT", String.valueOf(coordinator.address().port())));

        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> client.join(lra, LINK, "", Optional.empty()),
            () -> client.leave(lra, LINK),
            () -> client.close(lra),
            () -> client.cancel(lra),
            () -> client.status(lra),
            () -> client.renew(lra, Optional.empty()),
            () -> client.startNested(lra, "Shop#buy", Optional.empty())
        }) {
            assertThatExceptionOfType(UntrustedCoordinatorException.class)
                    .isThrownBy(call)
                    .withMessageContaining(lra.coordinator().toString());
        }
        assertThat(coordinator.connections()).isZero();
    }

    private void join() throws Exception {
        client.join(coordinator.lra("1"), LINK, "", Optional.empty());
    }

    private void assertUnknown(ThrowingCallable call) {
        assertThatExceptionOfType(UnknownLraException.class)
                .isThrownBy(call)
                .withMessageStartingWith("HFPAR013")
                .withMessageContaining(coordinator.url() + "/1");
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(call)
                .matches(refused -> refused.status() == status);
    }

    private static void assertMalformed(String detail, ThrowingCallable call) {
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(call)
                .withMessageStartingWith("HFPAR015")
                .withMessageContaining(detail);
    }
}
