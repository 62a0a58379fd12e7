package io.holdfast.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.coordinator.Lras;
import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.config.PropertySource;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.participant.ParticipantLinks;
import io.holdfast.coordinator.participant.ScriptedParticipant;
import io.holdfast.coordinator.rest.FakeRequest.Answered;
import io.holdfast.engine.state.TransactionId;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsServletTest {
    private static final String ROLE = "operator";
    private static final String REASON = "{\"reason\":\"paid by hand\"}";
    private static final Optional<String> OWNER = Optional.of("token");
    private static final int OFTEN = 1_000;

    private final Map<String, String> properties = new HashMap<>(Map.of(
            Configuration.OPERATORS_ROLE, ROLE,
            Configuration.RETRY_FIRST_MS, "10",
            Configuration.RETRY_MAX_MS, "10",
            Configuration.ALARM_ATTEMPTS, "2",
            Configuration.END_WAIT_MS, "0"));
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScriptedParticipant participant = new ScriptedParticipant();
    private RunningCoordinator running;
    private Lras lras;

    @BeforeEach
    void open(@TempDir Path directory) {
        properties.put(Configuration.LOG_DIRECTORY, directory.toString());
        open();
    }

    private void open() {
        running = RunningCoordinator.open(Configuration.read(PropertySource.of(properties::get)), executor);
        lras = running.lras();
    }

    private void openAgain() {
        running.close();
        open();
    }

    @AfterEach
    void close() {
        running.close();
        participant.close();
        executor.shutdownNow();
    }

    @Test
    void they_are_off_until_a_role_is_configured() {
        properties.remove(Configuration.OPERATORS_ROLE);
        openAgain();

        Answered answer = new FakeRequest("GET", "/lras").by("ada", ROLE).to(running);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains(Configuration.OPERATORS_ROLE);
    }

    @Test
    void nobody_comes_in_without_the_role() {
        assertThat(new FakeRequest("GET", "/lras").to(running).status()).isEqualTo(401);

        Answered asked = new FakeRequest("GET", "/lras").leftToApplication().to(running);
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.headers().get("WWW-Authenticate")).startsWith("Basic realm=");

        Answered refused = new FakeRequest("GET", "/lras").by("eve", "guest").to(running);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("'eve'").contains("'" + ROLE + "'");
    }

    @Test
    void what_waits_for_a_participant_is_listed_and_ends_when_a_person_answers_for_it() {
        TransactionId id = startedWith("/a");
        participant.answers("PUT /a/compensate", 500, "");
        isSilent("/a/compensate");
        lras.cancel(id, Optional.empty(), Optional.empty()).join();

        JsonObject listed = get("/lras").asJsonArray().getJsonObject(0);
        String told = listed.getJsonArray("participants").getJsonObject(0).getString("id");
        Answered resolved = post("/lras/" + id + "/participants/" + told + "/resolve", REASON);

        assertThat(listed.getString("uid")).isEqualTo(id.value());
        assertThat(words(listed, "concerns")).contains("waiting");
        assertThat(listed.getJsonArray("participants").getJsonObject(0).getString("status"))
                .isEqualTo("Compensating");
        assertThat(resolved.status()).isEqualTo(200);
        assertThat(statusOf(id)).isEqualTo(LraStatus.CANCELLED);
        assertThat(get("/lras").asJsonArray()).isEmpty();
        openAgain();
        assertThat(get("/actions").asJsonArray()).singleElement().satisfies(line -> assertThat(
                        ((JsonString) line).getString())
                .contains("\tada\tresolve the participant " + told + " of the LRA " + id + "\tpaid by hand"));
    }

    @Test
    void a_participant_that_never_completes_compensates_when_a_person_forces_it() {
        TransactionId id = startedWith("/a");
        isSilent("/a/complete");
        lras.close(id, Optional.empty(), Optional.empty()).join();
        String told = participantOf(id).getString("id");
        await(() -> participant.lines().contains("PUT /a/complete"));
        String force = "/lras/" + id + "/participants/" + told + "/force";
        participant.answers("PUT /a/compensate", 503, "");

        Answered forced = post(force, REASON);

        assertThat(forced.status()).as(forced.body()).isEqualTo(200);
        assertThat(forced.json()
                        .asJsonObject()
                        .getJsonArray("participants")
                        .getJsonObject(0)
                        .getString("status"))
                .isEqualTo("Compensating");
        await(() -> statusOf(id) == LraStatus.FAILED_TO_CLOSE);
        assertThat(participantOf(id).getString("status")).isEqualTo("Compensated");
        List<String> lines = participant.lines();
        assertThat(lines.subList(lines.indexOf("PUT /a/compensate"), lines.size()))
                .filteredOn(line -> line.startsWith("PUT /a/"))
                .as("a complete may have been under way")
                .hasSizeLessThanOrEqualTo(3)
                .contains("PUT /a/compensate");
        openAgain();
        assertThat(participantOf(id).getString("status")).isEqualTo("Compensated");
        Answered late = post(force, REASON);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.body()).contains("FailedToClose");
        assertThat(get("/actions").asJsonArray()).singleElement().satisfies(line -> assertThat(
                        ((JsonString) line).getString())
                .contains("\tada\tforce to the other side the participant " + told + " of the LRA " + id
                        + "\tpaid by hand"));
        assertThat(post("/lras/" + id + "/resolve", REASON).status()).isEqualTo(200);
    }

    private JsonObject participantOf(TransactionId id) {
        return get("/lras/" + id).asJsonObject().getJsonArray("participants").getJsonObject(0);
    }

    @Test
    void a_participant_that_has_answered_is_not_forced() {
        TransactionId id = startedWith("/a");
        var links = ParticipantLinks.parse("<" + participant.url("/b/complete") + ">; rel=complete, <"
                + participant.url("/b/compensate") + ">; rel=compensate");
        lras.join(id, links, "", Optional.empty()).join();
        isSilent("/b/complete");
        lras.close(id, Optional.empty(), Optional.empty()).join();
        await(() -> participantOf(id).getString("status").equals("Completed"));

        Answered refused =
                post("/lras/" + id + "/participants/" + participantOf(id).getString("id") + "/force", REASON);

        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.body()).contains("Closing").contains("has answered");
        assertThat(get("/actions").asJsonArray()).isEmpty();
    }

    @Test
    void a_participant_that_is_back_is_told_at_once_when_a_person_says_so() {
        properties.put(Configuration.RETRY_FIRST_MS, "3600000");
        properties.put(Configuration.RETRY_MAX_MS, "3600000");
        properties.put(Configuration.ALARM_ATTEMPTS, "1");
        openAgain();
        TransactionId id = startedWith("/a");
        participant.answers("PUT /a/complete", 500, "");
        lras.close(id, Optional.empty(), Optional.empty()).join();
        await(() -> alarmed(id));

        assertThat(post("/lras/" + id + "/retry", "{}").status()).isEqualTo(200);

        await(() -> statusOf(id) == LraStatus.CLOSED);
        Answered again = post("/lras/" + id + "/retry", "{}");

        assertThat(again.status()).isEqualTo(412);
        assertThat(again.body()).contains("Closed");
        assertThat(post("/retry", "{}").status()).isEqualTo(204);
    }

    @Test
    void a_held_lra_is_decided_in_its_owners_place_who_is_refused_the_opposite() {
        TransactionId id = lras.start(base(), "client", OWNER, Optional.empty())
                .join()
                .id()
                .uid();
        assertThat(post("/lras/" + id + "/close", REASON).status()).isEqualTo(412);
        lras.hold(id, "token").join();
        assertThat(get("/lras?concern=held").asJsonArray()).hasSize(1);

        Answered closed = post("/lras/" + id + "/close", REASON);

        assertThat(closed.status()).isEqualTo(200);
        assertThat(closed.json().asJsonObject().getString("decidedBy")).isEqualTo("ada");
        assertThat(closed.json().asJsonObject().getString("decidedWhy")).isEqualTo("paid by hand");
        assertThat(statusOf(id)).isEqualTo(LraStatus.CLOSED);
        CompletableFuture<Lra> opposite = lras.cancel(id, OWNER, Optional.empty());
        await(opposite::isCompletedExceptionally);
        assertThat(post("/lras/" + id + "/cancel", REASON).status()).isEqualTo(412);
    }

    @Test
    void a_held_lra_can_be_cancelled_too() {
        TransactionId id = lras.start(base(), "client", OWNER, Optional.empty())
                .join()
                .id()
                .uid();
        lras.hold(id, "token").join();

        assertThat(post("/lras/" + id + "/cancel", REASON).status()).isEqualTo(200);
        assertThat(statusOf(id)).isEqualTo(LraStatus.CANCELLED);
    }

    @Test
    void a_failed_lra_is_gone_when_a_person_has_looked_at_it() {
        TransactionId id = startedWith("/a");
        participant.answers("PUT /a/complete", 409, "");
        lras.close(id, Optional.empty(), Optional.empty()).join();
        await(() -> statusOf(id) == LraStatus.FAILED_TO_CLOSE);

        JsonObject failed = get("/lras/" + id).asJsonObject();
        assertThat(words(failed, "concerns")).containsExactly("failed", "alarmed");
        assertThat(counts()).containsEntry("failed", 1L).containsEntry("participantsFailed", 1L);
        assertThat(post("/lras/" + id + "/resolve", REASON).status()).isEqualTo(200);
        assertThat(request("GET", "/lras/" + id).to(running).status()).isEqualTo(404);
        assertThat(counts()).containsEntry("failed", 0L).containsEntry("participantsAlarmed", 0L);
    }

    @Test
    void an_alarm_is_sent_counted_and_stands_until_the_participant_has_answered() {
        properties.put(Configuration.ALARM_URL, participant.url("/hook"));
        openAgain();
        participant.answers("POST /hook", 503, "");
        TransactionId id = startedWith("/a");
        isSilent("/a/complete");
        lras.close(id, Optional.empty(), Optional.empty()).join();

        await(() -> alarmed(id));
        JsonObject alarm = get("/lras?concern=alarmed")
                .asJsonArray()
                .getJsonObject(0)
                .getJsonArray("participants")
                .getJsonObject(0)
                .getJsonObject("alarm");
        assertThat(alarm.getString("instruction")).isEqualTo("complete");
        assertThat(alarm.getString("cause")).contains("503");
        await(() -> participant.lines().stream().filter("POST /hook"::equals).count() == 2);
        assertThat(hooked())
                .as("the second time, after a second")
                .contains("\"lra\":\"" + base() + "/" + id + "\"")
                .contains("\"instruction\":\"complete\"");
        assertThat(counts()).containsEntry("alarmsRaised", 1L).containsEntry("alarmsNotSent", 0L);

        String told = get("/lras/" + id)
                .asJsonObject()
                .getJsonArray("participants")
                .getJsonObject(0)
                .getString("id");
        post("/lras/" + id + "/participants/" + told + "/resolve", REASON);
        assertThat(counts()).containsEntry("participantsAlarmed", 0L).containsEntry("alarmsRaised", 1L);
    }

    private String hooked() {
        return participant.requests().stream()
                .filter(each -> each.path().equals("/hook"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .body();
    }

    @Test
    void the_same_counts_are_in_a_bean_from_the_start_to_the_stop() throws JMException {
        startedWith("/a");
        var name = new ObjectName("io.holdfast:type=LraCoordinator,node=" + running.nodeId());
        var server = ManagementFactory.getPlatformMBeanServer();

        TabularData shown = (TabularData) server.getAttribute(name, "Counts");

        Map<String, Long> counts = new HashMap<>();
        shown.values()
                .forEach(row -> counts.put(
                        (String) ((CompositeData) row).get("key"), (Long) ((CompositeData) row).get("value")));
        assertThat(counts).isEqualTo(counts()).containsEntry("active", 1L).containsEntry("participants", 1L);
        running.close();
        assertThat(server.isRegistered(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /lras?concern=odd                 |                     | 400 | 'odd'",
                "GET    | /lras/none                        |                     | 404 | no such LRA",
                "GET    | /lras/no!id                       |                     | 404 | 'no!id'",
                "GET    | /elsewhere                        |                     | 404 | 'elsewhere'",
                "DELETE | /lras/ID                          |                     | 405 | 'DELETE'",
                "POST   | /lras/ID/resolve                  | {}                  | 400 | 1 to 4000 characters",
                "POST   | /lras/ID/resolve                  | {\"reason\":\" \"}  | 400 | 1 to 4000 characters",
                "POST   | /lras/ID/resolve                  | {\"reason\":5}      | 400 | '5'",
                "POST   | /lras/ID/resolve                  | [1]                 | 400 | '[1]'",
                "POST   | /lras/ID/resolve                  | reason              | 400 | 'reason'",
                "POST   | /lras/ID/resolve                  | {\"reason\":\"x\"}  | 412 | Active",
                "POST   | /lras/ID/participants/p/resolve   | {\"reason\":\"x\"}  | 404 | no participant p",
                "POST   | /lras/ID/participants/p/force     | {\"reason\":\"x\"}  | 404 | no participant p",
                "POST   | /lras/ID/participants/PID/force   | {\"reason\":\"x\"}  | 412 | Active",
                "POST   | /lras/ID/participants/PID/force   | {}                  | 400 | 1 to 4000 characters",
                "GET    | /lras/ID/participants/PID/force   |                     | 405 | 'GET'",
                "POST   | /lras/none/cancel                 | {\"reason\":\"x\"}  | 404 | no such LRA",
            })
    void what_is_wrong_is_refused_with_its_value_and_nothing_is_noted(
            String method, String target, String body, int status, String text) {
        TransactionId id = startedWith("/a");
        String told = participantOf(id).getString("id");
        FakeRequest request = request(method, target.replace("PID", told).replace("ID", id.value()));

        Answered answer = (body == null ? request : request.json(body)).to(running);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        assertThat(get("/actions").asJsonArray()).isEmpty();
        assertThat(statusOf(id)).isEqualTo(LraStatus.ACTIVE);
    }

    @Test
    void a_reason_that_is_too_long_is_refused() {
        Answered answer = post("/lras/" + startedWith("/a") + "/resolve", "{\"reason\":\"" + "x".repeat(4_001) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("4001").contains("4000");
    }

    @Test
    void a_form_of_another_page_changes_nothing() {
        Answered answer = request("POST", "/retry").with("text/plain", "{}").to(running);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    }

    private static FakeRequest request(String method, String target) {
        return new FakeRequest(method, target).by("ada", ROLE);
    }

    private JsonValue get(String target) {
        Answered answer = request("GET", target).to(running);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Answered post(String target, String json) {
        return request("POST", target).json(json).to(running);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        JsonObject shown = get("").asJsonObject().getJsonObject("counts");
        shown.keySet()
                .forEach(name -> counts.put(name, shown.getJsonNumber(name).longValue()));
        return counts;
    }

    private static List<String> words(JsonObject object, String name) {
        return object.getJsonArray(name).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    private static String base() {
        return "http://localhost/lra-coordinator";
    }

    private TransactionId startedWith(String path) {
        TransactionId id = lras.start(base(), "client", Optional.empty(), Optional.empty())
                .join()
                .id()
                .uid();
        var links = ParticipantLinks.parse("<" + participant.url(path + "/complete") + ">; rel=complete, <"
                + participant.url(path + "/compensate") + ">; rel=compensate");
        lras.join(id, links, "", Optional.empty()).join();
        return id;
    }

    private boolean alarmed(TransactionId id) {
        return words(get("/lras/" + id).asJsonObject(), "concerns").contains("alarmed");
    }

    private void isSilent(String path) {
        for (int i = 0; i < OFTEN; i++) {
            participant.answers("PUT " + path, 503, "");
        }
    }

    private LraStatus statusOf(TransactionId id) {
        return lras.find(id).join().status();
    }

    private static void await(BooleanSupplier happened) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 10 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
