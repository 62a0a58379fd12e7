package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.OperationsClient;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.ServerControl;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a person does by REST, or through an application, about participants of the adapter that give no answer, on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class AdapterOperationsContract {
    private static final Duration DELIVERY = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    /** Of an order. */
    private static final int PARTICIPANTS = 2;

    private static final List<String> BEFORE_THE_END = List.of("announce", "freeze 12345678901234567.99", "order");

    private static final String BY_HAND = "{\"reason\":\"done by hand\"}";

    private ServerControl server;
    private JsonHttp http;
    private ShopCalls shop;
    private OperationsClient operations;
    private String node;

    /** One whose coordinator has operators. */
    abstract ServerControl started();

    @BeforeAll
    void start() {
        server = started();
        server.deploy("lra-coordinator.war");
        server.deploy("tcc.war");
        http = new JsonHttp();
        shop = new ShopCalls(http, server);
        operations = new OperationsClient(http, Stage.coordinatorBase(server.root()));
        List<JsonObject> adapters = objects(operator("GET", "/adapters", ""));
        assertThat(adapters).hasSize(1);
        node = adapters.get(0).getString("node");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void only_who_has_the_role_comes_in() {
        assertThat(operations.anonymous("GET", "/adapters").status()).isEqualTo(401);
        assertThat(operations
                        .as(TccServer.GUEST, TccServer.PASSWORD, "POST", "/adapters/" + node + "/retry", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_person_answers_for_both_participants_and_the_branch_ends_without_them() {
        shop.gate("closed");
        String key = shop.order("ejb", "COMMIT", "done");
        JsonObject branch = undelivered();
        String address = branches() + "/" + branch.getString("xid");
        assertThat(operator("POST", address + "/participants/none/resolve", BY_HAND)
                        .status())
                .isEqualTo(412);
        assertThat(operator("POST", address + "/commit", BY_HAND).status()).isEqualTo(412);
        assertThat(operator("POST", address + "/resolve", "{}").body()).contains("1 to 4000");

        List<String> participants = participantsOf(branch);
        assertThat(participants).hasSize(PARTICIPANTS);
        for (String participant : participants) {
            Answer resolved = operator("POST", address + "/participants/" + participant + "/resolve", BY_HAND);
            assertThat(resolved.status()).as(resolved.toString()).isIn(200, 204);
        }

        await().atMost(DELIVERY).untilAsserted(() -> assertThat(objects(operator("GET", branches(), "")))
                .isEmpty());
        shop.gate("open");
        Answer retried = operator("POST", "/adapters/" + node + "/retry", "{}");
        assertThat(retried.status()).as(retried.toString()).isIn(200, 204);
        await("nobody is told, also when all that wait are told again")
                .during(QUIET)
                .untilAsserted(() -> assertThat(shop.book(key)).hasSize(3).containsAll(BEFORE_THE_END));
        assertThat(actions())
                .filteredOn(line -> line.contains(branch.getString("xid")))
                .as("what was refused is not among them")
                .hasSize(PARTICIPANTS)
                .allMatch(line -> line.contains("\t" + TccServer.OPERATOR + "\t") && line.endsWith("\tdone by hand"));
    }

    @Test
    void a_participant_that_never_confirms_is_cancelled_once_when_a_person_forces_it() {
        shop.gate("closed");
        String key = shop.order("ejb", "COMMIT", "done");
        JsonObject branch = undelivered();
        String xid = branch.getString("xid");
        String address = branches() + "/" + xid;
        String force = address + "/participants/" + participantOf(branch, "Merchant") + "/force";
        assertThat(operator("POST", address + "/participants/none/force", BY_HAND)
                        .status())
                .isEqualTo(412);
        assertThat(operator("POST", force, "{}").body()).contains("1 to 4000");

        Answer forced = operator("POST", force, BY_HAND);
        assertThat(forced.status()).as(forced.toString()).isEqualTo(200);
        assertThat(operator("POST", force, BY_HAND).status())
                .as("said again it changes nothing")
                .isEqualTo(200);
        shop.gate("open");

        await().atMost(DELIVERY).untilAsserted(() -> {
            operator("POST", "/adapters/" + node + "/retry", "{}");
            assertThat(objects(operator("GET", branches() + "?concern=heuristic", "")))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.getString("state")).isEqualTo("FAILED_TO_CONFIRM"));
        });
        assertThat(shop.book(key))
                .as("one has cancelled, the other has confirmed")
                .containsOnlyOnce("drop")
                .doesNotContain("credit")
                .anyMatch(line -> line.startsWith("deduct"));
        assertThat(operator("POST", address + "/resolve", BY_HAND).status()).isEqualTo(204);
        assertThat(operator("POST", force, BY_HAND).status()).isEqualTo(404);
        assertThat(actions())
                .filteredOn(line -> line.contains(xid))
                .hasSize(3)
                .allMatch(line -> line.contains("\t" + TccServer.OPERATOR + "\t") && line.endsWith("\tdone by hand"))
                .anyMatch(line -> line.contains("\tforce to the other side "));
    }

    @Test
    void participants_that_are_back_are_told_when_a_person_says_so() {
        int before = alarms();
        shop.gate("closed");
        String key = shop.order("ejb", "COMMIT", "done");
        String xid = undelivered().getString("xid");
        await("both have failed, and are told nothing for ten minutes")
                .atMost(DELIVERY)
                .until(() -> alarms() >= before + PARTICIPANTS);
        shop.gate("open");

        Answer retried = operator("POST", branches() + "/" + xid + "/retry", "{}");

        assertThat(retried.status()).as(retried.toString()).isIn(200, 204);
        await().atMost(DELIVERY).untilAsserted(() -> assertThat(shop.book(key)).contains("credit"));
    }

    @Test
    void an_application_does_the_same_for_a_person_with_the_role() {
        StuckPage page = new StuckPage(http, server, TccServer.OPERATOR);
        shop.gate("closed");
        String key = shop.order("ejb", "COMMIT", "done");
        JsonObject branch = undelivered();
        String xid = branch.getString("xid");
        String merchant = participantOf(branch, "Merchant");
        String account = participantsOf(branch).stream()
                .filter(id -> !id.equals(merchant))
                .findFirst()
                .orElseThrow();
        assertThat(page.shown())
                .hasSize(PARTICIPANTS)
                .allMatch(line -> line.startsWith(xid + " CONFIRMING "))
                .anyMatch(line -> line.contains(" " + merchant + " CONFIRMING ") && line.contains("Merchant"));
        assertThat(page.say("list", "", "", "")).isEqualTo("1 waiting");
        assertThat(page.say("seen", xid, "", "too early")).contains("HFRAR034", "CONFIRMING");
        assertThat(page.say("give-up", xid, merchant, " ")).contains("HFRAR035", "1 to 4000");

        assertThat(page.say("give-up", xid, merchant, "done by hand")).isEqualTo("done");
        assertThat(page.say("paid", xid, account, "done by hand")).isEqualTo("done");
        shop.gate("open");

        await().atMost(DELIVERY).untilAsserted(() -> {
            operator("POST", "/adapters/" + node + "/retry", "{}");
            assertThat(page.shown())
                    .hasSize(PARTICIPANTS)
                    .allMatch(line -> line.startsWith(xid + " FAILED_TO_CONFIRM "))
                    .anyMatch(line -> line.contains(" " + merchant + " CANCELLED "))
                    .anyMatch(line -> line.contains(" " + account + " CONFIRMED "));
        });
        assertThat(shop.book(key)).containsOnlyOnce("drop").doesNotContain("credit");
        assertThat(page.say("seen", xid, "", "done by hand")).isEqualTo("done");
        assertThat(page.shown()).isEmpty();
        assertThat(actions())
                .filteredOn(line -> line.contains(xid))
                .hasSize(3)
                .allMatch(line -> line.contains("\t" + TccServer.OPERATOR + "\t") && line.endsWith("done by hand"));
    }

    @Test
    void an_application_does_nothing_for_a_person_without_the_role() {
        StuckPage page = new StuckPage(http, server, TccServer.GUEST);
        shop.gate("closed");
        String key = shop.order("ejb", "COMMIT", "done");
        JsonObject branch = undelivered();
        String xid = branch.getString("xid");
        String merchant = participantOf(branch, "Merchant");
        List<String> before = actions();

        assertThat(StuckPage.anonymous(http, server).status()).isEqualTo(401);
        assertThat(page.shown())
                .as("in a servlet")
                .singleElement()
                .asString()
                .contains("HFRAR037", TccServer.GUEST, "holdfast-operator");
        for (String action : List.of("list", "paid", "give-up", "seen")) {
            assertThat(page.say(action, xid, merchant, "done by hand"))
                    .as("in a session bean")
                    .contains("HFRAR037", TccServer.GUEST, "holdfast-operator");
        }

        assertThat(participantsOf(undelivered())).hasSize(PARTICIPANTS);
        assertThat(actions()).isEqualTo(before);
        shop.gate("open");
        assertThat(operator("POST", branches() + "/" + xid + "/retry", "{}").status())
                .isIn(200, 204);
        await().atMost(DELIVERY).untilAsserted(() -> {
            operator("POST", "/adapters/" + node + "/retry", "{}");
            assertThat(shop.book(key)).contains("credit");
            assertThat(objects(operator("GET", branches(), ""))).isEmpty();
        });
    }

    private List<String> actions() {
        return operator("GET", "/adapters/" + node + "/actions", "")
                .json()
                .asJsonArray()
                .getValuesAs(JsonString.class)
                .stream()
                .map(JsonString::getString)
                .toList();
    }

    private int alarms() {
        return operator("GET", "/adapters/" + node, "")
                .json()
                .asJsonObject()
                .getJsonObject("counts")
                .getInt("ALARMS");
    }

    @Test
    void what_is_not_there_is_named() {
        assertThat(operator("GET", "/adapters/none", "").body()).contains("'none'");
        assertThat(operator("GET", branches() + "/1:aa:01", "").status()).isEqualTo(404);
        assertThat(operator("GET", branches() + "?concern=odd", "").status()).isEqualTo(400);
    }

    private JsonObject undelivered() {
        await().atMost(DELIVERY)
                .untilAsserted(() -> assertThat(objects(operator("GET", branches() + "?concern=undelivered", "")))
                        .hasSize(1));
        return objects(operator("GET", branches() + "?concern=undelivered", "")).get(0);
    }

    private static List<String> participantsOf(JsonObject branch) {
        return shown(branch).map(AdapterOperationsContract::idOf).toList();
    }

    private static String participantOf(JsonObject branch, String bean) {
        return shown(branch)
                .filter(text -> text.contains(bean))
                .map(AdapterOperationsContract::idOf)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> shown(JsonObject branch) {
        return branch.getJsonArray("participants").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString);
    }

    /** The last word. */
    private static String idOf(String participant) {
        return participant.substring(participant.lastIndexOf(' ') + 1);
    }

    private String branches() {
        return "/adapters/" + node + "/branches";
    }

    private Answer operator(String method, String path, String body) {
        return operations.as(TccServer.OPERATOR, TccServer.PASSWORD, method, path, body);
    }

    private static List<JsonObject> objects(Answer answer) {
        return answer.json().asJsonArray().stream().map(JsonValue::asJsonObject).toList();
    }
}
