package io.holdfast.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.config.PropertySource;
import io.holdfast.coordinator.rest.FakeRequest.Answered;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterRequestsTest {
    private static final String ROLE = "operator";
    private static final String REASON = "{\"reason\":\"paid by hand\"}";
    private static final String NODE = "adapter-requests-test";
    private static final String LRA = "http://elsewhere:8080/lra-coordinator/7";
    private static final String BRANCHES = "/adapters/" + NODE + "/branches";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final FakeAdapter adapter = new FakeAdapter();
    private ObjectName name;
    private RunningCoordinator running;

    @BeforeEach
    void open(@TempDir Path directory) throws JMException {
        Map<String, String> properties =
                Map.of(Configuration.OPERATORS_ROLE, ROLE, Configuration.LOG_DIRECTORY, directory.toString());
        running = RunningCoordinator.open(Configuration.read(PropertySource.of(properties::get)), executor);
        name = new ObjectName("io.holdfast:type=ResourceAdapter,node=" + NODE);
        beans.registerMBean(new StandardMBean(adapter, AdapterBean.class, true), name);
    }

    @AfterEach
    void close() throws JMException {
        if (beans.isRegistered(name)) {
            beans.unregisterMBean(name);
        }
        running.close();
        executor.shutdownNow();
    }

    /** What a resource adapter registers, as far as it is asked here; the real one is asked on the servers. */
    public interface AdapterBean {
        int getBranches();

        int getInDoubt();

        int getHeuristic();

        int getUndelivered();

        String getLastRecovery();

        Map<String, String> getProperties();

        Map<String, Long> getCounts();

        List<Branch> getTimes();

        List<Branch> getInDoubtBranches();

        List<Branch> getHeuristicBranches();

        List<Branch> getUndeliveredBranches();

        int getOpen();

        List<Branch> getOpenFlows();

        List<String> getOperatorActions();

        @Nullable
        Branch find(String name);

        void retryNow();

        void retryBranchNow(String branch);

        void resolveParticipant(String branch, String participant, String operator, String reason);

        void forceParticipant(String branch, String participant, String operator, String reason);

        void commitInDoubt(String branch, String operator, String reason);

        void rollbackInDoubt(String branch, String operator, String reason);

        void forgetHeuristic(String branch, String operator, String reason);

        void resolve(String branch, String operator, String reason);
    }

    /** A branch in a form that beans can show. */
    public static final class Branch {
        private final String name;
        private final String state;

        /** @param name its Xid, or its id when it has no colon */
        Branch(String name, String state) {
            this.name = name;
            this.state = state;
        }

        public String getId() {
            return name.replace(':', '-');
        }

        public String getXid() {
            return name.contains(":") ? name : "";
        }

        public String getState() {
            return state;
        }

        public List<String> getLras() {
            return List.of();
        }
    }

    private static final class FakeAdapter implements AdapterBean {
        private final Map<String, String> states =
                new LinkedHashMap<>(Map.of("1:aa:01", "PREPARED", "1:aa:02", "CONFIRMING"));
        private final List<String> actions = new ArrayList<>();
        private @Nullable RuntimeException broken;

        private List<Branch> in(String state) {
            return states.entrySet().stream()
                    .filter(each -> each.getValue().equals(state))
                    .map(each -> new Branch(each.getKey(), state))
                    .toList();
        }

        private void act(String what, String branch, String allowed, String then, String operator, String reason) {
            if (reason.equals("bad")) {
                throw new IllegalArgumentException("HFRAR031 bad");
            } else if (reason.equals("disk")) {
                throw new UncheckedIOException("HFRAR034 disk", new IOException("full"));
            } else if (!allowed.equals(states.get(branch))) {
                throw new IllegalStateException("HFRAR032 it is " + states.get(branch));
            }
            actions.add(String.join("\t", operator, what + " " + branch, reason));
            states.put(branch, then);
        }

        @Override
        public int getBranches() {
            if (broken != null) {
                throw broken;
            }
            return states.size();
        }

        @Override
        public int getInDoubt() {
            return getInDoubtBranches().size();
        }

        @Override
        public int getHeuristic() {
            return 0;
        }

        @Override
        public int getUndelivered() {
            return getUndeliveredBranches().size();
        }

        @Override
        public String getLastRecovery() {
            return "";
        }

        @Override
        public Map<String, String> getProperties() {
            return Map.of("logDirectory", "/somewhere");
        }

        @Override
        public Map<String, Long> getCounts() {
            return Map.of("COMMITTED", 7L);
        }

        @Override
        public List<Branch> getTimes() {
            return List.of();
        }

        @Override
        public List<Branch> getInDoubtBranches() {
            return in("PREPARED");
        }

        @Override
        public List<Branch> getHeuristicBranches() {
            return in("CONFIRMING");
        }

        @Override
        public List<Branch> getUndeliveredBranches() {
            return Stream.of("CONFIRMING", "CANCELLING")
                    .flatMap(state -> in(state).stream())
                    .toList();
        }

        @Override
        public int getOpen() {
            return getOpenFlows().size();
        }

        @Override
        public List<Branch> getOpenFlows() {
            return in("ACTIVE");
        }

        @Override
        public List<String> getOperatorActions() {
            return actions;
        }

        @Override
        public @Nullable Branch find(String name) {
            if (name.equals(LRA)) {
                return new Branch("1:aa:02", "CONFIRMING");
            }
            return states.containsKey(name) ? new Branch(name, states.get(name)) : null;
        }

        @Override
        public void retryNow() {
            actions.add("retry");
        }

        @Override
        public void retryBranchNow(String branch) {
            actions.add("retry " + branch);
        }

        @Override
        public void resolveParticipant(String branch, String participant, String operator, String reason) {
            act("resolve the participant " + participant + " of", branch, "CONFIRMING", "CONFIRMED", operator, reason);
        }

        @Override
        public void forceParticipant(String branch, String participant, String operator, String reason) {
            act("force the participant " + participant + " of", branch, "CONFIRMING", "CONFIRMING", operator, reason);
        }

        @Override
        public void commitInDoubt(String branch, String operator, String reason) {
            act("commit", branch, "PREPARED", "CONFIRMING", operator, reason);
        }

        @Override
        public void rollbackInDoubt(String branch, String operator, String reason) {
            act("roll back", branch, "PREPARED", "CANCELLING", operator, reason);
        }

        @Override
        public void forgetHeuristic(String branch, String operator, String reason) {
            act("forget the heuristic outcome of", branch, "CONFIRMING", "CONFIRMING", operator, reason);
        }

        @Override
        public void resolve(String branch, String operator, String reason) {
            act("resolve", branch, "CONFIRMING", "gone", operator, reason);
            states.remove(branch);
        }
    }

    @Test
    void adapters_are_listed_with_what_needs_a_person() {
        JsonObject listed = get("/adapters").json().asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("node").equals(NODE))
                .findFirst()
                .orElseThrow();

        assertThat(listed.getInt("inDoubt")).isEqualTo(1);
        assertThat(listed.getInt("undelivered")).isEqualTo(1);
    }

    @Test
    void one_adapter_is_shown_with_counts_and_properties() {
        JsonObject shown = get("/adapters/" + NODE).json().asJsonObject();

        assertThat(shown.getInt("branches")).isEqualTo(2);
        assertThat(shown.getJsonObject("counts").getInt("COMMITTED")).isEqualTo(7);
        assertThat(shown.getJsonObject("properties").getString("logDirectory")).isEqualTo("/somewhere");
    }

    @Test
    void branches_are_listed_once_with_every_concern() {
        JsonObject branch = get(BRANCHES + "?concern=heuristic,undelivered")
                .json()
                .asJsonArray()
                .getJsonObject(0);

        assertThat(branch.getString("xid")).isEqualTo("1:aa:02");
        assertThat(branch.getString("state")).isEqualTo("CONFIRMING");
        assertThat(branch.getJsonArray("concerns").getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .containsExactly("heuristic", "undelivered");
        assertThat(get(BRANCHES).json().asJsonArray()).hasSize(2);
    }

    @Test
    void what_runs_without_a_jta_transaction_has_no_xid_and_is_listed_all_the_same() {
        adapter.states.put("flow1", "CONFIRMING");
        adapter.states.put("flow2", "CANCELLING");

        assertThat(get(BRANCHES + "?concern=undelivered").json().asJsonArray().getValuesAs(JsonObject.class))
                .extracting(branch -> branch.getString("id"), branch -> branch.getString("xid"))
                .contains(tuple("flow1", ""), tuple("flow2", ""))
                .hasSize(3);
    }

    @Test
    void what_has_no_xid_is_resolved_by_its_id() {
        adapter.states.put("flow1", "CONFIRMING");

        Answered resolved = post(BRANCHES + "/flow1/participants/p1/resolve", REASON);

        assertThat(resolved.status()).as(resolved.body()).isEqualTo(200);
        assertThat(get("/adapters/" + NODE + "/actions").json().asJsonArray().getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .containsExactly("ada\tresolve the participant p1 of flow1\tpaid by hand");
    }

    @Test
    void a_flow_that_nobody_ends_is_listed() {
        adapter.states.put("flow1", "ACTIVE");

        assertThat(get(BRANCHES + "?concern=open").json().asJsonArray().getValuesAs(JsonObject.class))
                .extracting(branch -> branch.getString("id"))
                .containsExactly("flow1");
        assertThat(get("/adapters/" + NODE).json().asJsonObject().getInt("open"))
                .isEqualTo(1);
    }

    @Test
    void a_branch_is_found_by_its_lra() {
        String encoded = URLEncoder.encode(LRA, StandardCharsets.UTF_8);

        assertThat(get(BRANCHES + "?lra=" + encoded).json().asJsonArray())
                .singleElement()
                .satisfies(branch ->
                        assertThat(branch.asJsonObject().getString("xid")).isEqualTo("1:aa:02"));
        assertThat(get(BRANCHES + "?lra=other").json().asJsonArray()).isEmpty();
    }

    @Test
    void an_adapter_that_fails_does_not_hide_the_others_and_is_no_fault_of_the_coordinator() throws JMException {
        ObjectName other = new ObjectName("io.holdfast:type=ResourceAdapter,node=other");
        beans.registerMBean(new StandardMBean(new FakeAdapter(), AdapterBean.class, true), other);
        try {
            adapter.broken = new RuntimeException("the log is closed");

            assertThat(get("/adapters").json().asJsonArray().getValuesAs(JsonObject.class))
                    .anySatisfy(each -> assertThat(each.getString("error", "")).contains("the log is closed"))
                    .anySatisfy(each -> assertThat(each.getInt("inDoubt", 0)).isEqualTo(1));
            assertThat(get("/adapters/" + NODE, 503).body()).contains("the log is closed");
        } finally {
            beans.unregisterMBean(other);
        }
    }

    @Test
    void a_decision_carries_the_authenticated_name_and_the_reason() {
        Answered committed = post(BRANCHES + "/1:aa:01/commit", REASON);

        assertThat(committed.status()).as(committed.body()).isEqualTo(200);
        assertThat(committed.json().asJsonObject().getString("state")).isEqualTo("CONFIRMING");
        assertThat(get("/adapters/" + NODE + "/actions").json().asJsonArray().getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .containsExactly("ada\tcommit 1:aa:01\tpaid by hand");
    }

    @Test
    void the_other_decisions_reach_the_adapter_too() {
        assertThat(post(BRANCHES + "/1:aa:01/rollback", REASON).status()).isEqualTo(200);
        assertThat(post(BRANCHES + "/1:aa:02/forget", REASON).status()).isEqualTo(200);
        assertThat(post(BRANCHES + "/1:aa:02/participants/p2/force", REASON).status())
                .isEqualTo(200);
        assertThat(post(BRANCHES + "/1:aa:02/participants/p1/resolve", REASON).status())
                .isEqualTo(200);
        assertThat(post("/adapters/" + NODE + "/retry", "{}").status()).isEqualTo(204);
        assertThat(post(BRANCHES + "/1:aa:02/retry", "{}").status()).isEqualTo(200);

        assertThat(adapter.actions)
                .containsExactly(
                        "ada\troll back 1:aa:01\tpaid by hand",
                        "ada\tforget the heuristic outcome of 1:aa:02\tpaid by hand",
                        "ada\tforce the participant p2 of 1:aa:02\tpaid by hand",
                        "ada\tresolve the participant p1 of 1:aa:02\tpaid by hand",
                        "retry",
                        "retry 1:aa:02");
    }

    @Test
    void a_resolved_branch_is_gone() {
        assertThat(post(BRANCHES + "/1:aa:02/resolve", REASON).status()).isEqualTo(204);
        assertThat(get(BRANCHES + "/1:aa:02", 404).body()).contains("'1:aa:02'");
    }

    @Test
    void an_adapter_that_has_stopped_is_not_there() throws JMException {
        beans.unregisterMBean(name);

        assertThat(get("/adapters/" + NODE, 404).body()).contains("'" + NODE + "'");
    }

    @Test
    void nobody_comes_in_without_the_role() {
        assertThat(new FakeRequest("GET", "/adapters").to(running).status()).isEqualTo(401);
        assertThat(new FakeRequest("POST", BRANCHES + "/1:aa:01/commit")
                        .by("eve", "guest")
                        .json(REASON)
                        .to(running)
                        .status())
                .isEqualTo(403);
        assertThat(adapter.actions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/branches/1:aa:02/commit                   | {\"reason\":\"x\"}    | 412 | HFRAR032",
                "/branches/1:aa:01/commit                   | {\"reason\":\"bad\"}  | 400 | HFRAR031",
                "/branches/1:aa:01/commit                   | {\"reason\":\"disk\"} | 503 | HFRAR034",
                "/branches/1:aa:01/commit                   | {}                    | 400 | 1 to 4000 characters",
                "/branches/1:aa:01/commit                   | [1]                   | 400 | '[1]'",
                "/branches/2:bb:01/commit                   | {\"reason\":\"x\"}    | 404 | '2:bb:01'",
                "/branches/1:aa:01/participants/p/resolve   | {\"reason\":\"x\"}    | 412 | HFRAR032",
                "/branches/1:aa:01/participants/p/force     | {\"reason\":\"x\"}    | 412 | HFRAR032",
                "/branches/1:aa:02/participants/p/force     | {}                    | 400 | 1 to 4000 characters",
                "/branches/1:aa:02/participants/p/force     | {\"reason\":\"bad\"}  | 400 | HFRAR031",
            })
    void what_is_wrong_is_refused_and_nothing_is_done(String path, String body, int status, String text) {
        Answered answer = post("/adapters/" + NODE + path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        assertThat(adapter.actions).isEmpty();
    }

    @Test
    void unknown_concerns_and_nodes_are_named() {
        assertThat(get(BRANCHES + "?concern=odd", 400).body())
                .contains("'odd'")
                .contains("in-doubt, heuristic, undelivered, open");
        assertThat(get("/adapters/*", 404).body()).contains("'*'");
    }

    private Answered get(String target) {
        return get(target, 200);
    }

    private Answered get(String target, int status) {
        Answered answer = new FakeRequest("GET", target).by("ada", ROLE).to(running);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private Answered post(String target, String json) {
        return new FakeRequest("POST", target).by("ada", ROLE).json(json).to(running);
    }
}
