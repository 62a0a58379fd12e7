package io.holdfast.coordinator.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.lra.Origin;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Participants;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.ThreadTimers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpParticipantDriverTest {
    private static final String BASE = "http://localhost:8080/lra-coordinator/lra-coordinator";

    private final ThreadTimers timers = new ThreadTimers("test");
    private final ScriptedParticipant participant = new ScriptedParticipant();
    private final Callbacks callbacks = new Callbacks(timers, Duration.ofSeconds(10));
    private final HttpParticipantDriver driver = new HttpParticipantDriver(callbacks, HostList.parse(""), alarm -> {});

    @AfterEach
    void stop() {
        callbacks.close();
        participant.close();
        timers.close();
    }

    @Test
    void a_participant_is_told_with_the_headers_of_the_contract_and_an_empty_body() throws Exception {
        assertThat(tell(Instruction.CANCEL, 1)).isEqualTo(new Answer.Done());

        ScriptedParticipant.Request request = participant.requests().get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("PUT /compensate?method=jakarta.ws.rs.PUT");
        assertThat(request.body()).isEmpty();
        assertThat(request.headers())
                .containsEntry("long-running-action", BASE + "/tx1")
                .containsEntry("long-running-action-recovery", BASE + "/recovery/tx1/p1")
                .containsEntry("narayana-lra-participant-data", "its data")
                .containsEntry("content-type", "text/plain");
    }

    @ParameterizedTest
    @CsvSource({"200,", "204,", "200,Completed", "200,whatever", "410,"})
    void these_answers_are_successes(int status, @Nullable String body) throws Exception {
        participant.answers("PUT /complete", status, body == null ? "" : body);

        assertThat(tell(Instruction.CONFIRM, 1)).isEqualTo(new Answer.Done());
        assertThat(participant.lines()).containsExactly("PUT /complete");
    }

    @ParameterizedTest
    @CsvSource({
        "409,",
        "200,FailedToComplete",
        "500,FailedToComplete",
        "409,FailedToComplete",
        "200,\"FailedToComplete\""
    })
    void these_answers_are_failures_for_good(int status, @Nullable String body) throws Exception {
        participant.answers("PUT /complete", status, body == null ? "" : body);

        assertThat(tell(Instruction.CONFIRM, 1)).isInstanceOf(Answer.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 412, 500, 503})
    void what_is_neither_success_nor_failure_is_unknown(int status) throws Exception {
        participant.answers("PUT /complete", status, "").answers("GET /status", 500, "");

        assertThat(tell(Instruction.CONFIRM, 1)).isInstanceOf(Answer.Unknown.class);
        assertThat(participant.lines()).containsExactly("PUT /complete", "GET /status");
    }

    @Test
    void after_an_unknown_answer_the_status_decides() throws Exception {
        participant.answers("PUT /complete", 500, "").answers("GET /status", 200, "Completed");

        assertThat(tell(Instruction.CONFIRM, 1)).isEqualTo(new Answer.Done());
    }

    @Test
    void accepted_means_in_progress_and_its_location_is_asked_later() throws Exception {
        participant.answers("PUT /complete", 202, "", Map.of("Location", "/progress/7"));

        assertThat(tell(Instruction.CONFIRM, 1)).isEqualTo(new Answer.InProgress(participant.url("/progress/7")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://inside/secret", "http://localhost:70000/", "file:/etc/passwd", "http://[", "mailto:x"})
    void a_location_that_is_not_trusted_or_no_address_is_ignored(String location) throws Exception {
        participant.answers("PUT /complete", 202, "", Map.of("Location", location));

        assertThat(tell(Instruction.CONFIRM, 1)).isEqualTo(new Answer.InProgress(null));
    }

    @Test
    void progress_is_asked_where_the_participant_said() throws Exception {
        participant.answers("GET /progress/7", 200, "Completing").answers("GET /progress/7", 200, "Completed");
        String progress = participant.url("/progress/7");

        assertThat(deliver(Instruction.CONFIRM, 2, progress)).isEqualTo(new Answer.InProgress(progress));
        assertThat(deliver(Instruction.CONFIRM, 3, progress)).isEqualTo(new Answer.Done());
        assertThat(participant.lines()).containsExactly("GET /progress/7", "GET /progress/7");
    }

    @ParameterizedTest
    @CsvSource({"200,Completed", "410,"})
    void a_participant_that_has_done_it_already_is_not_told_again(int status, @Nullable String body) throws Exception {
        participant.answers("GET /status", status, body == null ? "" : body);

        assertThat(tell(Instruction.CONFIRM, 2)).isEqualTo(new Answer.Done());
        assertThat(participant.lines()).containsExactly("GET /status");
    }

    @ParameterizedTest
    @CsvSource({"200,Active", "412,", "404,", "500,", "200,Compensated"})
    void a_participant_that_does_not_know_is_told_again(int status, @Nullable String body) throws Exception {
        participant.answers("GET /status", status, body == null ? "" : body);

        assertThat(tell(Instruction.CONFIRM, 2)).isEqualTo(new Answer.Done());
        assertThat(participant.lines()).containsExactly("GET /status", "PUT /complete");
    }

    @Test
    void a_status_that_says_failed_is_a_failure() throws Exception {
        participant.answers("GET /status", 200, "FailedToCompensate");

        assertThat(tell(Instruction.CANCEL, 2)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void a_participant_without_the_callback_has_nothing_to_do() throws Exception {
        Call close = new Call(
                transaction(),
                joined("<" + participant.url("/compensate") + ">; rel=compensate", null),
                Instruction.CONFIRM,
                1);

        assertThat(driver.deliver(close).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(new Answer.Done());
        assertThat(participant.lines()).isEmpty();
    }

    @Test
    void a_participant_that_is_not_there_is_unreachable() throws Exception {
        participant.close();

        assertThat(tell(Instruction.CONFIRM, 1)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void a_progress_address_elsewhere_that_is_dead_leads_to_the_status() throws Exception {
        participant.answers("GET /status", 200, "Completed");

        assertThat(deliver(Instruction.CONFIRM, 2, "http://localhost:1/gone")).isEqualTo(new Answer.Done());
        assertThat(participant.lines()).containsExactly("GET /status");
    }

    @Test
    void a_passing_failure_is_unknown_whatever_its_body_says() throws Exception {
        participant.answers("PUT /complete", 503, "FailedToComplete").answers("GET /status", 503, "FailedToComplete");

        assertThat(tell(Instruction.CONFIRM, 1)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void where_the_progress_is_not_known_the_status_is_asked_before_it_is_told_again() throws Exception {
        participant.answers("GET /progress/7", 404, "").answers("GET /status", 200, "Completed");

        assertThat(deliver(Instruction.CONFIRM, 2, participant.url("/progress/7")))
                .isEqualTo(new Answer.Done());
        assertThat(participant.lines()).containsExactly("GET /progress/7", "GET /status");
    }

    @ParameterizedTest
    @CsvSource({"200,true", "204,true", "202,true", "410,true", "404,false", "500,false", "302,false"})
    void forget_is_a_delete_that_success_or_gone_acknowledges(int status, boolean acknowledged) throws Exception {
        participant.answers("DELETE /forget", status, "");

        assertThat(tellNotice(Instruction.FORGET) instanceof Answer.Done).isEqualTo(acknowledged);
        assertThat(participant.requests().get(0).headers())
                .containsEntry("long-running-action", BASE + "/tx1")
                .containsEntry("long-running-action-recovery", BASE + "/recovery/tx1/p1");
    }

    @ParameterizedTest
    @CsvSource({"200,true", "204,true", "202,false", "410,false", "404,false", "503,false"})
    void the_outcome_is_told_with_its_name_and_acknowledged_by_200(int status, boolean acknowledged) throws Exception {
        participant.answers("PUT /after", status, "");

        assertThat(tellNotice(Instruction.OUTCOME) instanceof Answer.Done).isEqualTo(acknowledged);
        ScriptedParticipant.Request request = participant.requests().get(0);
        assertThat(request.body()).isEqualTo("Closing");
        assertThat(request.headers())
                .containsEntry("long-running-action-ended", BASE + "/tx1")
                .containsEntry("content-type", "text/plain")
                .doesNotContainKey("long-running-action");
    }

    @Test
    void a_notice_that_gets_no_answer_is_told_again() throws Exception {
        participant.close();

        assertThat(tellNotice(Instruction.OUTCOME)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void a_participant_of_a_nested_lra_is_told_the_parent() throws Exception {
        String parent = BASE + "/outer";
        Call close = new Call(
                transaction(parent),
                joined("<" + participant.url("/compensate") + ">; rel=compensate", null),
                Instruction.CANCEL,
                1);
        driver.deliver(close).toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(participant.requests().get(0).headers())
                .containsEntry("long-running-action-parent", parent)
                .containsEntry(
                        "long-running-action",
                        BASE + "/tx1?ParentLRA=" + URLEncoder.encode(parent, StandardCharsets.UTF_8));
    }

    @Test
    void a_participant_that_is_forced_and_gone_is_not_taken_for_compensated() throws Exception {
        participant.answers("PUT /compensate?method=jakarta.ws.rs.PUT", 410, "");

        assertThat(tell(Instruction.CANCEL, 1)).isInstanceOf(Answer.Refused.class);
    }

    private Answer tellNotice(Instruction notice) throws Exception {
        String links = "<" + participant.url("/compensate") + ">; rel=compensate,<" + participant.url("/forget")
                + ">; rel=forget,<" + participant.url("/after") + ">; rel=after";
        return driver.deliver(new Call(transaction(), joined(links, null), notice, 1))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "<http://h:81/a/b?c>; rel=after, http://h:81",
        "<https://h>; rel=compensate, https://h",
        "<http://h?x=//y>; rel=compensate, http://h",
        "<http://[::1]:8080/c>; rel=compensate, http://[::1]:8080"
    })
    void calls_queue_by_scheme_host_and_port(String link, String endpoint) {
        assertThat(driver.endpointOf(joined(link, null))).isEqualTo(endpoint);
    }

    @Test
    void nobody_is_asked_to_vote() {
        assertThatThrownBy(() -> tell(Instruction.PREPARE, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private Answer tell(Instruction instruction, int attempt) throws Exception {
        return deliver(instruction, attempt, null);
    }

    private Answer deliver(Instruction instruction, int attempt, @Nullable String progress) throws Exception {
        String links = "<" + participant.url("/compensate?method=jakarta.ws.rs.PUT") + ">; rel=compensate,<"
                + participant.url("/complete") + ">; rel=complete,<" + participant.url("/status") + ">; rel=status";
        return driver.deliver(new Call(transaction(), joined(links, progress), instruction, attempt))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static Participant joined(String links, @Nullable String progress) {
        return new Participant(
                new ParticipantId("p1"),
                ParticipantKind.ACTED,
                ParticipantLinks.parse(links).toString(),
                "its data",
                ParticipantState.CONFIRMING,
                progress,
                Set.of(),
                Set.of());
    }

    private static Transaction transaction() {
        return transaction(null);
    }

    private static Transaction transaction(@Nullable String parent) {
        return new Transaction(
                new TransactionId("tx1"),
                TransactionState.CONFIRMING,
                new Origin(BASE, parent, "client").toText(),
                null,
                false,
                null,
                Instant.EPOCH,
                null,
                false,
                null,
                null,
                null,
                Participants.none());
    }
}
