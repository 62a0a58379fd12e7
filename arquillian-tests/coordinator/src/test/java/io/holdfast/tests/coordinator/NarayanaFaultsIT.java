package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.tests.coordinator.Participants.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of Narayana's coordinator, measured or read in its source, that ours must not have. */
@ExtendWith(WithCoordinator.class)
class NarayanaFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CoordinatorServer server;
    private final LraCalls calls;
    private final Participants participants = new Participants();

    NarayanaFaultsIT(CoordinatorServer server) {
        this.server = server;
        this.calls = new LraCalls(server);
    }

    @AfterEach
    void close() {
        participants.close();
    }

    @Test
    void a_second_close_of_an_lra_that_is_closing_closes_it() {
        participants.answer("slow", Reply.of(202, ""));
        String lra = calls.start("");
        calls.join(lra, participants.link("slow", "compensate", "complete", "status"));
        assertThat(calls.put(lra + "/close").body()).isEqualTo("Closing");
        assertThat(calls.put(lra + "/close").body()).isEqualTo("Closing");
        assertThat(calls.status(lra)).isEqualTo("Closing");
        participants.answer("slow", Reply.of(200, "Completed"));
        server.client().recover();
        calls.awaitStatus(lra, "Closed");
        assertThat(participants.wordsTo("slow")).containsOnly("complete");
    }

    @Test
    void a_callback_that_takes_longer_than_two_seconds_is_a_success() {
        participants.answer("thorough", call -> {
            pause(Duration.ofSeconds(3));
            return Reply.OK;
        });
        String lra = calls.start("");
        calls.join(lra, participants.link("thorough"));
        calls.put(lra + "/close");
        calls.awaitStatus(lra, "Closed");
        assertThat(participants.wordsTo("thorough")).containsExactly("complete");
    }

    @Test
    void a_join_shortens_the_time_limit() {
        String lra = calls.start("&TimeLimit=600000");
        calls.put(lra + "?TimeLimit=1500", Map.of("Link", participants.link("hasty")));
        calls.put(lra + "?TimeLimit=900000", Map.of("Link", participants.link("patient")));
        assertThat(calls.status(lra)).isEqualTo("Active");
        calls.awaitStatus(lra, "Cancelled");
        assertThat(participants.wordsTo("hasty")).containsExactly("compensate");
        assertThat(participants.wordsTo("patient")).containsExactly("compensate");
    }

    @Test
    void leave_and_renew_survive_a_kill() {
        String left = calls.start("");
        calls.join(left, participants.link("stays"));
        calls.join(left, participants.link("leaves"));
        assertThat(calls.send("PUT", left + "/remove", Map.of(), participants.link("leaves"))
                        .status())
                .isEqualTo(200);
        String lengthened = calls.start("&TimeLimit=6000");
        calls.join(lengthened, participants.link("lengthened"));
        String shortened = calls.start("&TimeLimit=600000");
        calls.join(shortened, participants.link("shortened"));
        assertThat(calls.put(lengthened + "/renew?TimeLimit=600000").status()).isEqualTo(200);
        assertThat(calls.put(shortened + "/renew?TimeLimit=7000").status()).isEqualTo(200);
        long start = System.nanoTime();
        server.control().kill();
        server.restart();
        calls.awaitStatus(shortened, "Cancelled");
        await().atMost(PATIENCE)
                .until(() -> System.nanoTime() - start > Duration.ofSeconds(7).toNanos());
        assertThat(calls.status(lengthened)).isEqualTo("Active");
        assertThat(calls.put(left + "/close").body()).isEqualTo("Closed");
        assertThat(calls.put(lengthened + "/close").body()).isEqualTo("Closed");
        assertThat(participants.wordsTo("stays")).containsExactly("complete");
        assertThat(participants.wordsTo("leaves")).isEmpty();
        assertThat(participants.wordsTo("lengthened")).containsExactly("complete");
        assertThat(participants.wordsTo("shortened")).containsExactly("compensate");
    }

    @Test
    void the_cost_of_a_join_does_not_grow_with_the_participants_that_are_there() {
        String warmUp = calls.start("");
        joinMany(warmUp, "warm", 300);
        String lra = calls.start("");
        List<Long> nanos = joinMany(lra, "many", 1_000);
        double early = median(nanos.subList(10, 110));
        double late = median(nanos.subList(900, 1_000));
        System.out.printf(
                "join: median of 10 to 110: %.2f ms, of the last 100 of 1000: %.2f ms%n", early / 1e6, late / 1e6);
        assertThat(late).isLessThanOrEqualTo(1.5 * early);
        calls.put(warmUp + "/cancel");
        calls.put(lra + "/cancel");
        calls.awaitStatus(warmUp, "Cancelled");
        calls.awaitStatus(lra, "Cancelled");
        assertThat(participants.wordsTo("many-999")).containsExactly("compensate");
    }

    private List<Long> joinMany(String lra, String name, int count) {
        List<Long> nanos = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            long start = System.nanoTime();
            calls.join(lra, participants.link(name + "-" + number));
            nanos.add(System.nanoTime() - start);
        }
        return nanos;
    }

    private static double median(List<Long> nanos) {
        return nanos.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(nanos.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Every endpoint that answers text is asked for JSON; those that answer JSON only are in {@link ContractIT}. */
    @Test
    void json_answers_are_right_everywhere() {
        Answer start = calls.post("/start?ClientID=json", LraCalls.JSON);
        assertThat(start.status()).isEqualTo(200);
        String lra = LraCalls.object(start).getString("lraId");
        Answer join = calls.put(lra, Map.of("Accept", "application/json", "Link", participants.link("json")));
        String recovery = LraCalls.object(join).getString("recoveryUrl");
        assertThat(recovery).startsWith(server.base() + "/recovery/" + LraCalls.uidOf(lra) + "/");
        assertThat(calls.json(recovery).getString("link")).contains(participants.at("json", "compensate"));
        assertThat(LraCalls.object(calls.send("PUT", recovery, LraCalls.JSON, participants.link("json")))
                        .getString("link"))
                .contains(participants.at("json", "complete"));
        assertThat(calls.json(lra + "/status").getString("status")).isEqualTo("Active");
        assertThat(calls.json(lra).getString("lraId")).isEqualTo(lra);
        assertThat(LraCalls.object(calls.put(lra + "/renew?TimeLimit=600000", LraCalls.JSON))
                        .getString("lraId"))
                .isEqualTo(LraCalls.uidOf(lra));
        assertThat(calls.json("/nested/" + LraCalls.encoded(lra) + "/status").getString("status"))
                .isEqualTo("Active");
        calls.join(lra, participants.link("leaver"));
        assertThat(LraCalls.object(calls.send("PUT", lra + "/remove", LraCalls.JSON, participants.link("leaver")))
                        .getString("status"))
                .isEqualTo("Active");
        assertThat(LraCalls.object(calls.put(lra + "/close", LraCalls.JSON)).getString("status"))
                .isEqualTo("Closed");
        String cancelled = calls.start("");
        assertThat(LraCalls.object(calls.put(cancelled + "/cancel", LraCalls.JSON))
                        .getString("status"))
                .isEqualTo("Cancelled");
        for (String list : List.of("", "?Status=Active", "/recovery", "/recovery/failed")) {
            Answer answer = calls.send("GET", list, LraCalls.JSON, "");
            assertThat(answer.json().asJsonArray()).as(list).isNotNull();
        }
        for (Answer refused : List.of(
                calls.put("/none/close", LraCalls.JSON),
                calls.send("GET", "/none", LraCalls.JSON, ""),
                calls.send("GET", "?Status=None", LraCalls.JSON, ""),
                calls.put(cancelled + "/renew?TimeLimit=x", LraCalls.JSON),
                calls.send("DELETE", "/recovery/none", LraCalls.JSON, ""))) {
            assertThat(refused.isClientError()).as(refused.toString()).isTrue();
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(refused.body()).startsWith("{\"error\":\"").endsWith("\"}");
        }
    }

    private static void pause(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
