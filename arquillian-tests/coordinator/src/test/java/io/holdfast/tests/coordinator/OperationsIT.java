package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.OperationsClient;
import io.holdfast.tests.coordinator.Participants.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person does about participants that give no answer, behind the server's own authentication. */
@ExtendWith(WithCoordinator.class)
class OperationsIT {
    private final LraCalls calls;
    private final OperationsClient operations;
    private final Participants participants = new Participants();

    OperationsIT(CoordinatorServer server) {
        this.calls = new LraCalls(server);
        this.operations = new OperationsClient(server.http(), server.base());
    }

    @AfterEach
    void close() {
        participants.close();
    }

    @Test
    void only_who_has_the_role_comes_in() {
        Answer anonymous = operations.anonymous("GET", "/lras");
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Basic");
        assertThat(as(CoordinatorServer.OPERATOR, "wrong", "GET", "/lras", "").status())
                .isEqualTo(401);

        Answer guest = as(CoordinatorServer.GUEST, CoordinatorServer.PASSWORD, "GET", "/lras", "");
        assertThat(guest.status()).isEqualTo(403);
        assertThat(guest.body()).contains("'" + CoordinatorServer.GUEST + "'").contains(CoordinatorServer.ROLE);
    }

    @Test
    void the_contract_asks_nobody_who_it_is() {
        String lra = calls.start("");
        Answer closed = calls.put(
                lra + "/close", OperationsClient.authorization(CoordinatorServer.GUEST, CoordinatorServer.PASSWORD));
        assertThat(closed.body()).isEqualTo("Closed");
    }

    @Test
    void a_person_answers_for_a_participant_and_the_lra_ends() {
        String lra = calls.start("");
        participants.answer("gone", Reply.of(500, ""));
        calls.join(lra, participants.link("gone"));
        assertThat(calls.put(lra + "/cancel").body()).isEqualTo("Cancelling");
        String address = "/lras/" + LraCalls.uidOf(lra);

        JsonObject listed = operator("GET", "/lras?concern=waiting", "").json().asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("lraId").equals(lra))
                .findFirst()
                .orElseThrow();
        JsonObject participant = listed.getJsonArray("participants").getJsonObject(0);
        assertThat(participant.getString("status")).isEqualTo("Compensating");
        assertThat(operator("POST", address + "/retry", "{}").status()).isEqualTo(200);
        Answer resolved = operator(
                "POST",
                address + "/participants/" + participant.getString("id") + "/resolve",
                "{\"reason\":\"undone by hand\"}");

        assertThat(resolved.status()).as(resolved.toString()).isEqualTo(200);
        assertThat(calls.status(lra)).isEqualTo("Cancelled");
        assertThat(operator("GET", "/actions", "").json().asJsonArray().getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .anyMatch(line -> line.contains("\t" + CoordinatorServer.OPERATOR + "\t")
                        && line.contains(LraCalls.uidOf(lra))
                        && line.endsWith("\tundone by hand"));
    }

    @Test
    void a_held_lra_is_closed_in_the_place_of_an_owner_that_does_not_come_back() {
        Map<String, String> token = Map.of("Holdfast-Owner", "operations-it");
        String lra = calls.post("/start?ClientID=x", token).location().orElseThrow();
        calls.join(lra, participants.link("p"));
        String address = "/lras/" + LraCalls.uidOf(lra);
        assertThat(operator("POST", address + "/close", "{\"reason\":\"too early\"}")
                        .status())
                .isEqualTo(412);
        calls.put(lra + "/hold", token);

        JsonObject closed = operator("POST", address + "/close", "{\"reason\":\"its server has burnt down\"}")
                .json()
                .asJsonObject();

        assertThat(closed.getString("decidedBy")).isEqualTo(CoordinatorServer.OPERATOR);
        calls.awaitStatus(lra, "Closed");
        assertThat(participants.wordsTo("p")).containsExactly("complete");
        assertThat(calls.put(lra + "/cancel", token).status()).isEqualTo(412);
        calls.put(lra + "/forget", token);
    }

    @Test
    void no_resource_adapter_runs_here() {
        assertThat(operator("GET", "/adapters", "").json().asJsonArray()).isEmpty();
        assertThat(operator("GET", "/adapters/none", "").status()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_is_refused_with_value_and_bound() {
        Answer concern = operator("GET", "/lras?concern=odd", "");
        assertThat(concern.status()).isEqualTo(400);
        assertThat(concern.body()).contains("'odd'");
        Answer reason = operator("POST", "/lras/none/resolve", "{}");
        assertThat(reason.status()).isEqualTo(400);
        assertThat(reason.body()).contains("1 to 4000");
        assertThat(operator("POST", "/lras/none/resolve", "{\"reason\":\"x\"}").status())
                .isEqualTo(404);
    }

    private Answer operator(String method, String path, String body) {
        return as(CoordinatorServer.OPERATOR, CoordinatorServer.PASSWORD, method, path, body);
    }

    private Answer as(String user, String password, String method, String path, String body) {
        return operations.as(user, password, method, path, body);
    }
}
