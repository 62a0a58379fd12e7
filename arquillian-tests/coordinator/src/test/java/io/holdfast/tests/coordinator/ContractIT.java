package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.tests.coordinator.Participants.Reply;
import io.holdfast.tests.coordinator.Participants.Told;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST contract that clients and participants of Narayana's coordinator rely on, line by line. */
@ExtendWith(WithCoordinator.class)
class ContractIT {
    private static final String VERSION = "Narayana-LRA-API-version";
    private static final String DATA = "Narayana-LRA-Participant-Data";
    private static final Map<String, String> VERSION_2 = Map.of(VERSION, "2.0");
    private static final String TOKEN = "Holdfast-Owner";

    private final CoordinatorServer server;
    private final LraCalls calls;
    private final Participants participants = new Participants();

    ContractIT(CoordinatorServer server) {
        this.server = server;
        this.calls = new LraCalls(server);
    }

    @AfterEach
    void close() {
        participants.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "2.0", "9.9"})
    void every_answer_echoes_the_version_of_the_client(String version) {
        Map<String, String> headers = Map.of(VERSION, version);
        Answer start = calls.post("/start?ClientID=x", headers);
        assertThat(start.headers().firstValue(VERSION)).contains(version);
        String lra = start.location().orElseThrow();
        for (Answer answer : List.of(
                calls.send("GET", lra + "/status", headers, ""),
                calls.send("GET", "", headers, ""),
                calls.put(lra + "/close", headers),
                calls.put("/none/close", headers))) {
            assertThat(answer.headers().firstValue(VERSION))
                    .as(answer.toString())
                    .contains(version);
        }
    }

    @Test
    void an_answer_to_a_client_without_a_version_has_the_default() {
        assertThat(calls.get("").headers().firstValue(VERSION)).contains("1.2");
    }

    @Test
    void start_is_answered_201_with_the_id_as_location_and_text() {
        for (String accept : List.of("*/*", "text/plain,application/json,text/plain")) {
            Answer start = calls.post("/start?ClientID=a.B%23c&TimeLimit=0&ParentLRA=", Map.of("Accept", accept));
            assertThat(start.status()).isEqualTo(201);
            String lra = start.location().orElseThrow();
            assertThat(start.body()).isEqualTo(lra);
            assertThat(lra).matches(server.base() + "/[A-Za-z0-9_-]+");
            assertThat(calls.json(lra).getString("clientId")).isEqualTo("a.B#c");
            calls.put(lra + "/close");
        }
    }

    @Test
    void start_for_json_alone_is_answered_200_without_a_location() {
        Answer start = calls.post("/start?ClientID=x", LraCalls.JSON);
        assertThat(start.status()).isEqualTo(200);
        assertThat(start.location()).isEmpty();
        calls.put(LraCalls.object(start).getString("lraId") + "/close");
    }

    @Test
    void start_with_a_parent_encoded_once_or_twice_gives_an_id_that_names_the_parent() {
        String parent = calls.start("");
        String once = calls.start("&ParentLRA=" + LraCalls.encoded(parent));
        String twice = calls.start("&ParentLRA=" + LraCalls.encoded(LraCalls.encoded(parent)));
        for (String nested : List.of(once, twice)) {
            assertThat(nested)
                    .matches("\\Q" + server.base() + "\\E/[^/?]+\\?ParentLRA=\\Q" + LraCalls.encoded(parent) + "\\E");
            assertThat(calls.json(LraCalls.addressOf(nested)).getBoolean("topLevel"))
                    .isFalse();
        }
        assertThat(calls.post("/start?ParentLRA=none", Map.of()).status()).isEqualTo(404);
        assertThat(calls.put(parent + "/close").body()).isEqualTo("Closed");
        assertThat(calls.status(once)).isEqualTo("Closed");
        assertThat(calls.post("/start?ParentLRA=" + LraCalls.encoded(parent), Map.of())
                        .status())
                .isEqualTo(412);
    }

    @Test
    void join_is_answered_with_the_recovery_url_in_location_header_and_body() {
        String lra = calls.start("");
        Answer join = calls.put(
                lra + "?TimeLimit=0", Map.of("Link", participants.link("p"), "Content-Type", "text/plain", DATA, ""));
        assertThat(join.status()).isEqualTo(200);
        assertThat(join.body()).matches("\\Q" + server.base() + "/recovery/" + LraCalls.uidOf(lra) + "/\\E[^/]+");
        assertThat(join.location()).contains(join.body());
        assertThat(join.headers().firstValue("Long-Running-Action-Recovery")).contains(join.body());
        assertThat(join.headers().firstValue(DATA)).contains("");
        calls.put(lra + "/close");
    }

    @Test
    void the_same_link_again_is_the_same_participant_with_new_data() {
        String lra = calls.start("");
        Map<String, String> link = Map.of("Link", participants.link("p"));
        Answer first = calls.send("PUT", lra, link, "in the body");
        Answer second = calls.put(lra, Map.of("Link", participants.link("p"), DATA, "in a header"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue(DATA)).contains("in the body");
        assertThat(calls.put(lra, link).headers().firstValue(DATA)).contains("in a header");
        calls.put(lra, Map.of("Link", participants.link("p"), DATA, "the last"));
        calls.put(lra + "/close");
        assertThat(participants.told("p")).extracting(told -> told.header(DATA)).containsExactly("the last");
    }

    @Test
    void a_body_that_is_a_url_stands_for_the_callbacks_below_it() {
        String lra = calls.start("");
        String below = participants.at("below", "").replaceFirst("/$", "");
        assertThat(calls.send("PUT", lra, Map.of("Content-Type", "text/plain"), below)
                        .status())
                .isEqualTo(200);
        calls.put(lra + "/cancel");
        assertThat(participants.wordsTo("below")).containsExactly("compensate");
    }

    @Test
    void a_join_that_cannot_be_is_refused() {
        String lra = calls.start("");
        Map<String, String> link = Map.of("Link", participants.link("p"));
        assertThat(calls.put(lra, Map.of("Link", participants.link("p", "complete")))
                        .status())
                .isEqualTo(400);
        assertThat(calls.put("/none", link).status()).isEqualTo(404);
        participants.answer("slow", Reply.of(202, ""));
        calls.join(lra, participants.link("slow"));
        calls.put(lra + "/cancel");
        assertThat(calls.put(lra, link).status()).isEqualTo(412);
        assertThat(calls.put(lra, Map.of("Link", participants.link("listener", "after")))
                        .status())
                .isEqualTo(200);
        participants.answer("slow", Reply.OK);
        server.client().recover();
        calls.awaitStatus(lra, "Cancelled");
        await().until(() -> participants.wordsTo("listener").equals(List.of("after")));
        assertThat(calls.put(lra, link).status()).isEqualTo(412);
    }

    @Test
    void leave_takes_a_known_participant_out() {
        String lra = calls.start("");
        calls.join(lra, participants.link("p"));
        Map<String, String> text = Map.of("Content-Type", "text/plain");
        assertThat(calls.send("PUT", lra + "/remove", text, participants.link("q"))
                        .status())
                .isEqualTo(400);
        assertThat(calls.send("PUT", "/none/remove", text, participants.link("p"))
                        .status())
                .isEqualTo(404);
        assertThat(calls.send("PUT", lra + "/remove", text, participants.link("p"))
                        .status())
                .isEqualTo(200);
        calls.put(lra + "/close");
        assertThat(participants.told("p")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"close,complete,Closed,Closing,FailedToClose", "cancel,compensate,Cancelled,Cancelling,FailedToCancel"})
    void close_and_cancel_answer_how_far_the_lra_has_come(
            String end, String word, String ended, String ending, String failed) {
        String empty = calls.start("");
        assertThat(calls.put(empty + "/" + end).status()).isEqualTo(200);
        assertThat(calls.put(empty + "/" + end).body()).as("again").isEqualTo(ended);
        assertThat(calls.put(empty + (end.equals("close") ? "/cancel" : "/close"))
                        .status())
                .isEqualTo(404);
        assertThat(calls.put("/none/" + end).status()).isEqualTo(404);

        participants.answer("slow", Reply.of(202, ""));
        String slow = calls.start("");
        calls.join(slow, participants.link("slow", "complete", "compensate", "status"));
        Answer old = calls.put(slow + "/" + end);
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.body()).isEqualTo(ending);
        Answer accepted = calls.put(slow + "/" + end, VERSION_2);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.body()).isEqualTo(ending);
        assertThat(accepted.location()).contains(slow + "/status");
        assertThat(calls.put(slow + (end.equals("close") ? "/cancel" : "/close"))
                        .status())
                .isEqualTo(412);
        participants.answer("slow", Reply.OK);
        server.client().recover();
        calls.awaitStatus(slow, ended);

        participants.answer("fails", Reply.of(409, ""));
        String failing = calls.start("");
        calls.join(failing, participants.link("fails"));
        calls.put(failing + "/" + end);
        calls.awaitStatus(failing, failed);
        assertThat(calls.put(failing + "/" + end).body()).isEqualTo(failed);
        assertThat(participants.wordsTo("fails")).containsExactly(word);
        assertThat(calls.get("/recovery/failed").body()).contains(failing);
        assertThat(calls.send("DELETE", "/recovery/" + LraCalls.encoded(slow), Map.of(), "")
                        .status())
                .isEqualTo(412);
        Answer resolved = calls.send("DELETE", "/recovery/" + LraCalls.encoded(failing), Map.of(), "");
        assertThat(resolved.status()).isEqualTo(204);
        assertThat(calls.get(failing).status()).isEqualTo(404);
    }

    @Test
    void data_that_come_with_close_are_given_to_the_participant() {
        String lra = calls.start("");
        calls.join(lra, participants.link("p"));
        calls.put(
                lra + "/close", Map.of("Narayana-LRA-Participant-Link", participants.link("p"), DATA, "closing data"));
        assertThat(participants.told("p")).extracting(told -> told.header(DATA)).containsExactly("closing data");
    }

    @Test
    void an_lra_tells_its_status_and_itself_also_after_the_end() {
        String lra = calls.start("");
        assertThat(calls.get(lra + "/status").status()).isEqualTo(200);
        assertThat(calls.status(lra)).isEqualTo("Active");
        assertThat(calls.get("/none/status").status()).isEqualTo(404);
        assertThat(calls.get("/none").status()).isEqualTo(404);
        JsonObject active = calls.json(lra);
        assertThat(active.keySet())
                .containsExactlyInAnyOrder(
                        "lraId",
                        "clientId",
                        "status",
                        "topLevel",
                        "recovering",
                        "startTime",
                        "finishTime",
                        "httpStatus",
                        "lraIdAsString");
        assertThat(active.getString("lraIdAsString")).isEqualTo(lra);
        assertThat(active.getInt("httpStatus")).isEqualTo(204);
        assertThat(active.getBoolean("topLevel")).isTrue();
        calls.put(lra + "/close");
        assertThat(calls.status(lra)).isEqualTo("Closed");
        JsonObject closed = calls.json(lra);
        assertThat(closed.getString("status")).isEqualTo("Closed");
        assertThat(closed.getInt("httpStatus")).isEqualTo(200);
        assertThat(closed.getJsonNumber("finishTime").longValue())
                .isGreaterThanOrEqualTo(closed.getJsonNumber("startTime").longValue());
    }

    @Test
    void lists_are_by_status() {
        String active = calls.start("");
        String closed = calls.start("");
        calls.put(closed + "/close");
        assertThat(calls.get("?Status=Active").body()).contains(active).doesNotContain(closed);
        assertThat(calls.get("?Status=Closed").body()).contains(closed).doesNotContain(active);
        assertThat(calls.get("").body()).contains(active).contains(closed);
        assertThat(calls.get("?Status=Unknown").status()).isEqualTo(400);
        assertThat(calls.get("/recovery").body()).doesNotContain(active);
        calls.put(active + "/close");
    }

    @Test
    void renew_is_answered_with_the_uid() {
        String lra = calls.start("");
        Answer renewed = calls.put(lra + "/renew?TimeLimit=600000");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body()).isEqualTo(LraCalls.uidOf(lra));
        assertThat(calls.put("/none/renew?TimeLimit=5").status()).isEqualTo(404);
        calls.put(lra + "/renew?TimeLimit=1");
        calls.awaitStatus(lra, "Cancelled");
        assertThat(calls.put(lra + "/renew?TimeLimit=5").status()).isEqualTo(412);
    }

    @Test
    void a_participant_can_be_looked_up_and_moved_by_its_recovery_url_and_recovery_forces_a_pass() {
        participants.answer("old", Reply.of(503, ""));
        String lra = calls.start("");
        String recovery = calls.join(lra, participants.link("old"));
        Answer found = calls.get(recovery);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).contains(participants.at("old", "compensate"));
        calls.put(lra + "/close");
        assertThat(calls.get("/recovery").body()).contains(lra);
        assertThat(calls.send("PUT", recovery, Map.of(), participants.link("new"))
                        .status())
                .isEqualTo(200);
        assertThat(calls.get(recovery).body()).contains(participants.at("new", "compensate"));
        server.client().recover();
        calls.awaitStatus(lra, "Closed");
        assertThat(participants.wordsTo("new")).containsExactly("complete");
        assertThat(calls.get(recovery + "0").status()).isEqualTo(404);
        assertThat(calls.send("PUT", recovery + "0", Map.of(), participants.link("x"))
                        .status())
                .isEqualTo(404);
        assertThat(calls.get("/recovery/none/none").status()).isEqualTo(404);
    }

    @Test
    void a_participant_is_called_by_put_with_the_headers_of_the_protocol_and_the_query_of_its_link() {
        String lra = calls.start("");
        String callback = participants.at("p", "complete") + "?method=jakarta.ws.rs.PUT";
        String link = participants.link("p", "compensate", "status") + ", <" + callback
                + ">; rel=\"complete\"; title=\"complete URI\"; type=\"text/plain\"";
        String recovery = calls.join(lra, link);
        assertThat(calls.get(recovery).body()).contains(callback);
        calls.put(lra + "/close");
        Told told = participants.told("p").get(0);
        assertThat(told.method()).isEqualTo("PUT");
        assertThat(told.body()).isEmpty();
        assertThat(told.lra()).isEqualTo(lra);
        assertThat(told.header("Long-Running-Action-Recovery")).isEqualTo(recovery);
        assertThat(told.header("Content-Type")).startsWith("text/plain");
        assertThat(told.header("Long-Running-Action-Parent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200,,Closed",
        "204,,Closed",
        "410,,Closed",
        "409,,FailedToClose",
        "500,FailedToComplete,FailedToClose",
        "200,FailedToComplete,FailedToClose"
    })
    void the_answer_of_a_participant_decides(int status, String body, String end) {
        participants.answer(
                "p", call -> Reply.of(call.what().equals("complete") ? status : 200, body == null ? "" : body));
        String lra = calls.start("");
        calls.join(lra, participants.link("p"));
        calls.put(lra + "/close");
        calls.awaitStatus(lra, end);
        calls.send("DELETE", "/recovery/" + LraCalls.encoded(lra), Map.of(), "");
    }

    @Test
    void an_answer_that_says_nothing_leads_to_a_question_for_the_status() {
        participants.answer(
                "p",
                call -> call.what().equals("status") ? Reply.of(200, "Completed") : Reply.of(500, "something broke"));
        String lra = calls.start("");
        calls.join(lra, participants.link("p", "compensate", "complete", "status"));
        assertThat(calls.put(lra + "/close").body()).isEqualTo("Closed");
        assertThat(participants.told("p")).extracting(Told::what).containsExactly("complete", "status");
        assertThat(participants.told("p").get(1).method()).isEqualTo("GET");
    }

    @Test
    void a_participant_at_work_is_asked_where_it_says() {
        participants.answer("elsewhere", Reply.of(200, "Completed"));
        participants.answer("p", new Reply(202, "", Map.of("Location", participants.at("elsewhere", "status"))));
        String lra = calls.start("");
        calls.join(lra, participants.link("p"));
        calls.put(lra + "/close");
        server.client().recover();
        calls.awaitStatus(lra, "Closed");
        assertThat(participants.told("elsewhere")).isNotEmpty();
        assertThat(participants.wordsTo("p")).containsExactly("complete");
    }

    @Test
    void a_failed_participant_is_told_to_forget_by_delete_until_it_answers() {
        String lra = failedAndOwedForget();
        participants.answer("p", Reply.OK);
        server.client().recover();
        await("the acknowledgement").atMost(Duration.ofSeconds(10)).until(() -> {
            int told = participants.told("p").size();
            server.client().recover();
            calls.put(calls.start("") + "/close");
            return participants.told("p").size() == told;
        });
        assertThat(participants.told("p")).extracting(Told::method).startsWith("PUT", "DELETE");
        assertThat(calls.status(lra)).isEqualTo("FailedToClose");
        assertThat(resolve(lra)).isEqualTo(204);
    }

    @Test
    void a_failed_lra_that_a_person_has_resolved_is_gone_and_nobody_is_told_any_more() {
        String lra = failedAndOwedForget();
        assertThat(resolve(lra)).isEqualTo(204);
        assertThat(calls.get(lra + "/status").status()).isEqualTo(404);
        assertThat(calls.get("/recovery/failed").body()).doesNotContain(lra);
        int told = participants.told("p").size();
        server.client().recover();
        calls.put(calls.start("") + "/close");
        assertThat(participants.told("p")).hasSize(told);
    }

    /** An LRA that has failed to close and whose participant does not acknowledge that it shall forget it. */
    private String failedAndOwedForget() {
        participants.answer("p", call -> switch (call.what()) {
            case "complete" -> Reply.of(409, "FailedToComplete");
            default -> Reply.of(503, "");
        });
        String lra = calls.start("");
        calls.join(lra, participants.link("p", "compensate", "complete", "forget"));
        calls.put(lra + "/close");
        calls.awaitStatus(lra, "FailedToClose");
        await().until(() -> participants.wordsTo("p").contains("forget"));
        return lra;
    }

    private int resolve(String lra) {
        return calls.send("DELETE", "/recovery/" + LraCalls.encoded(lra), Map.of(), "")
                .status();
    }

    @Test
    void a_listener_is_told_the_end_by_put_until_it_answers_200() {
        participants.answer("p", call -> Reply.of(call.what().equals("after") ? 503 : 200, ""));
        String lra = calls.start("");
        calls.join(lra, participants.link("p", "compensate", "complete", "after"));
        calls.put(lra + "/cancel");
        assertThat(calls.get("/recovery").body()).as("still to be told").contains(lra);
        participants.answer("p", Reply.OK);
        server.client().recover();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !calls.get("/recovery").body().contains(lra));
        Told last = participants.told("p").get(participants.told("p").size() - 1);
        assertThat(last.what()).isEqualTo("after");
        assertThat(last.method()).isEqualTo("PUT");
        assertThat(last.body()).isEqualTo("Cancelled");
        assertThat(last.header("Long-Running-Action-Ended")).isEqualTo(lra);
    }

    @Test
    void a_nested_lra_answers_as_a_participant() {
        String parent = calls.start("");
        String closed = calls.startNestedIn(parent);
        String cancelled = calls.startNestedIn(parent);
        String recovery = calls.join(closed, participants.link("p"));
        assertThat(recovery).contains(LraCalls.uidOf(closed));
        String ofClosed = "/nested/" + LraCalls.encoded(closed);
        String ofCancelled = "/nested/" + LraCalls.uidOf(cancelled);
        assertThat(calls.get(ofClosed + "/status").body()).isEqualTo("Active");
        assertThat(calls.put(ofClosed + "/forget").status()).isEqualTo(412);
        assertThat(calls.put(ofClosed + "/complete").body()).isEqualTo("Completed");
        assertThat(calls.put(ofCancelled + "/compensate").body()).isEqualTo("Compensated");
        assertThat(calls.get(ofClosed + "/status").body()).isEqualTo("Completed");
        assertThat(calls.get("/nested/none/status").status()).isEqualTo(404);
        assertThat(calls.put("/nested/none/complete").status()).isEqualTo(404);
        assertThat(calls.put("/nested/none/compensate").status()).isEqualTo(404);
        assertThat(calls.put("/nested/none/forget").status()).isEqualTo(404);
        assertThat(calls.put(ofClosed + "/forget").status()).isEqualTo(200);
        assertThat(participants.told("p").get(0).header("Long-Running-Action-Parent"))
                .isEqualTo(parent);
        assertThat(calls.put(parent + "/cancel").body()).isEqualTo("Cancelled");
        assertThat(calls.get(ofClosed + "/status").body()).isEqualTo("Compensated");
        assertThat(participants.wordsTo("p")).containsExactly("complete", "compensate");
    }

    @Test
    void an_owned_lra_is_ended_by_its_owner_only_and_held_for_it() {
        Map<String, String> owner = Map.of(TOKEN, "the-owner-" + System.nanoTime());
        Map<String, String> stranger = Map.of(TOKEN, "a-stranger");
        Answer start = calls.post("/start?ClientID=x", owner);
        String lra = start.location().orElseThrow();
        assertThat(start.headers().firstValue(TOKEN)).contains(owner.get(TOKEN));
        assertThat(calls.post("/start?ClientID=x", owner).location()).contains(lra);
        calls.join(lra, participants.link("p"));
        calls.join(lra, participants.link("listener", "after"));
        Answer plainClose = calls.put(
                lra + "/close", Map.of("Narayana-LRA-Participant-Link", participants.link("p"), DATA, "kept"));
        assertThat(plainClose.status()).isEqualTo(200);
        assertThat(plainClose.body()).isEqualTo("Active");
        for (String action : List.of("close", "cancel", "hold", "forget")) {
            assertThat(calls.put(lra + "/" + action, stranger).status())
                    .as(action)
                    .isEqualTo(403);
        }
        assertThat(calls.put(lra + "/hold").status()).isEqualTo(403);
        assertThat(calls.put(lra + "/forget", owner).status()).isEqualTo(412);
        for (int time = 0; time < 2; time++) {
            JsonObject held = LraCalls.object(calls.put(lra + "/hold", owner));
            assertThat(held.getInt("participants")).isEqualTo(1);
            assertThat(held.getInt("listeners")).isEqualTo(1);
            assertThat(held.getInt("nested")).isEqualTo(0);
        }
        assertThat(calls.status(lra)).isEqualTo("Active");
        assertThat(calls.put(lra + "/cancel").status()).isEqualTo(412);
        assertThat(calls.put(lra, Map.of("Link", participants.link("late"))).status())
                .isEqualTo(412);
        assertThat(calls.put(lra + "/close", owner).body()).isEqualTo("Closed");
        assertThat(calls.put(lra + "/cancel", owner).status()).isEqualTo(412);
        assertThat(participants.told("p")).extracting(told -> told.header(DATA)).containsExactly("kept");
        assertThat(calls.put(lra + "/forget", owner).status()).isEqualTo(200);
    }

    @Test
    void a_strangers_cancel_of_an_owned_lra_that_is_not_held_cancels_it() {
        Map<String, String> owner = Map.of(TOKEN, "another-owner-" + System.nanoTime());
        String lra = calls.post("/start?ClientID=x", owner).location().orElseThrow();
        assertThat(calls.put(lra + "/cancel").body()).isEqualTo("Cancelled");
        assertThat(calls.put(lra + "/hold", owner).status()).isEqualTo(412);
        calls.put(lra + "/forget", owner);
    }
}
