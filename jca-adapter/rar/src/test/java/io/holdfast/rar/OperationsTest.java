package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalParticipant;
import io.holdfast.engine.state.ParticipantState;
import jakarta.resource.ResourceException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;
    private AdapterBean.Registration registration;
    private AdapterMXBean bean;

    @BeforeEach
    void open(@TempDir Path given) throws MalformedObjectNameException {
        directory = given;
        open(settings(directory, coordinator));
    }

    private void open(AdapterSettings settings) throws MalformedObjectNameException {
        adapter = TestAdapter.open(settings);
        registration = AdapterBean.register(adapter.branches);
        bean = JMX.newMXBeanProxy(
                SERVER, new ObjectName(AdapterBean.name(adapter.branches.nodeId())), AdapterMXBean.class);
    }

    @AfterEach
    void close() {
        registration.close();
        adapter.close();
        coordinator.close();
    }

    private void restart(AdapterSettings settings) throws MalformedObjectNameException {
        registration.close();
        adapter.close();
        open(settings);
    }

    @Test
    void it_counts_what_the_transaction_manager_was_answered() throws XAException {
        BranchXAResource resource = adapter.resource();
        resource.start(xid(9), XAResource.TMNOFLAGS);
        resource.end(xid(9), XAResource.TMSUCCESS);
        resource.prepare(xid(9));
        adapter.prepared(xid);
        resource.commit(xid, false);
        adapter.work(xid(2));
        resource.commit(xid(2), true);
        adapter.work(xid(3));
        resource.rollback(xid(3));
        URI refused = adapter.work(xid(4));
        coordinator.end(refused, "Cancelled");
        XaCodes.assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid(4)));
        resource.recover(XAResource.TMSTARTRSCAN);

        // What is told in the background may be forced meanwhile.
        long forces = adapter.branches.engine().logForces();
        Map<String, Long> counts = bean.getCounts();
        assertThat(counts.get("LOG_FORCES"))
                .isBetween(forces, adapter.branches.engine().logForces());
        assertThat(counts)
                .containsAllEntriesOf(Map.of(
                        "STARTED", 5L,
                        "READ_ONLY", 1L,
                        "PREPARED", 1L,
                        "COMMITTED", 1L,
                        "COMMITTED_IN_ONE_PHASE", 1L,
                        "ROLLED_BACK", 1L,
                        "REFUSED", 1L,
                        "LRAS_STARTED", 4L,
                        "RECOVER_CALLS", 1L));
        assertThat(bean.getTimes()).anySatisfy(times -> {
            assertThat(times.getName()).isEqualTo("PREPARE");
            assertThat(times.getCount()).isEqualTo(3);
            assertThat(times.getMeanMillis()).isPositive().isLessThanOrEqualTo(times.getLongestMillis());
        });
        assertThat(bean.getLastRecovery()).isNotEmpty();
        assertThat(bean.getNodeId()).isEqualTo(adapter.branches.nodeId());
        assertThat(bean.getProperties())
                .containsEntry("logDirectory", directory.toString())
                .containsEntry("coordinatorUrl", coordinator.url())
                .containsEntry("holdTimeoutMillis", "5000");
    }

    @Test
    void a_branch_in_doubt_is_listed_with_its_lra_and_rolled_back_by_an_operator() throws Exception {
        URI lra = adapter.prepared(xid);
        assertThat(bean.getInDoubt()).isEqualTo(1);
        assertThat(bean.getInDoubtBranches()).singleElement().satisfies(branch -> {
            assertThat(branch.getXid()).isEqualTo(xid.toString());
            assertThat(branch.getState()).isEqualTo("PREPARED");
            assertThat(branch.getLras()).containsExactly(lra.toString());
            assertThat(branch.getParticipants()).singleElement().asString().startsWith("PREPARED " + lra + " ");
        });

        bean.rollbackInDoubt(xid.toString(), "Ann", "the order was cancelled\nby phone");

        coordinator.awaitStatus(lra, "Cancelled");
        restart(settings(directory, coordinator));
        assertThat(bean.getInDoubt()).isZero();
        assertThat(bean.getHeuristicBranches()).singleElement().satisfies(branch -> {
            assertThat(branch.getHeuristic()).isEqualTo("PERSON");
            assertThat(branch.getReason()).isEqualTo("PERSON");
            assertThat(branch.getOperator()).isEqualTo("Ann");
            assertThat(branch.getWhy()).startsWith("the order was cancelled");
        });
        assertThat(bean.getOperatorActions())
                .singleElement()
                .asString()
                .endsWith("\tAnn\troll back " + xid + "\tthe order was cancelled by phone");
        XaCodes.assertFailsWith(XAException.XA_HEURRB, () -> adapter.resource().commit(xid, false));
        assertThat(bean.getCounts()).containsEntry("HEURISTIC", 1L);
        adapter.resource().forget(xid);
        assertThat(bean.getHeuristic()).isZero();
    }

    @Test
    void a_branch_in_doubt_is_committed_by_an_operator() throws XAException {
        URI lra = adapter.prepared(xid);

        String id = bean.getInDoubtBranches().get(0).getId();

        bean.commitInDoubt(id, "Ann", "the manager's log is lost");

        coordinator.awaitStatus(lra, "Closed");
        adapter.resource().commit(xid, false);
        adapter.awaitEmptyLog();
    }

    @Test
    void a_failed_branch_is_resolved_and_the_reason_outlives_it() throws Exception {
        adapter.prepared(xid);
        coordinator.answer("close", 200, "FailedToClose");
        adapter.resource().commit(xid, false);
        var tx = adapter.branches.all(any -> true).get(0);
        adapter.branches.engine().ended(tx.id()).get(20, TimeUnit.SECONDS);
        assertThat(bean.getHeuristicBranches())
                .extracting(BranchReport::getState)
                .containsExactly("FAILED_TO_CONFIRM");

        bean.resolve(tx.id().value(), "Bob", "credited by hand");

        assertThat(bean.getHeuristic()).isZero();
        assertThat(bean.getBranches()).isZero();
        restart(settings(directory, coordinator));
        assertThat(bean.getHeuristic()).isZero();
        assertThat(bean.getOperatorActions()).singleElement().asString().contains("Bob", "credited by hand");
        assertThat(Files.readString(directory.resolve("operators.txt"))).contains("credited by hand");
    }

    @Test
    void a_failed_branch_is_not_resolved_before_the_manager_has_forgotten_its_heuristic_outcome() throws Exception {
        rolledBackByOperatorAndFailed();

        assertThatThrownBy(() -> bean.resolve(xid.toString(), "Bob", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", xid.toString(), "has not forgotten its heuristic outcome");

        XaCodes.assertFailsWith(XAException.XA_HEURRB, () -> adapter.resource().commit(xid, false));
        adapter.resource().forget(xid);
        bean.resolve(xid.toString(), "Bob", "why");
        assertThat(bean.getHeuristic()).isZero();
    }

    @Test
    void an_operator_forgets_a_heuristic_outcome_that_no_manager_will_ask_for() throws Exception {
        rolledBackByOperatorAndFailed();

        bean.forgetHeuristic(xid.toString(), "Bob", "the manager is gone");

        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(bean.getBranches()).isZero();
        assertThatThrownBy(() -> bean.forgetHeuristic(xid.toString(), "Bob", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", xid.toString(), "it has no heuristic outcome");
        bean.resolve(xid.toString(), "Bob", "paid back by hand");
        assertThat(bean.getHeuristic()).isZero();
        assertThat(bean.getOperatorActions()).hasSize(3);
    }

    private void rolledBackByOperatorAndFailed() throws Exception {
        adapter.prepared(xid);
        coordinator.answer("cancel", 200, "FailedToCancel");
        bean.rollbackInDoubt(xid.toString(), "Ann", "why");
        var tx = adapter.branches.all(any -> true).get(0);
        adapter.branches.engine().ended(tx.id()).get(20, TimeUnit.SECONDS);
    }

    @Test
    void the_lra_of_a_failed_branch_is_forgotten_by_its_coordinator_once_the_branch_is_resolved() throws Exception {
        try (FakeService service = new FakeService().answers("confirm", 409, "Failed")) {
            BranchXAResource resource = adapter.resource();
            resource.start(xid, XAResource.TMNOFLAGS);
            URI lra = adapter.lra(resource);
            adapter.branches.enlist(resource.current().orElseThrow(), service.withoutStatus());
            resource.end(xid, XAResource.TMSUCCESS);
            resource.prepare(xid);
            resource.commit(xid, false);
            adapter.awaitFailedToConfirm();
            coordinator.awaitStatus(lra, "Closed");
            assertThat(coordinator.calls("forget")).isZero();

            bean.resolve(xid.toString(), "Bob", "paid by hand");

            coordinator.awaitForgotten(lra);
        }
    }

    @Test
    void what_is_not_delivered_is_listed_and_told_again_at_once() throws Exception {
        restart(TestAdapter.patient(directory, coordinator.url(), 5000));
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        coordinator.awaitCalls("close", 1);
        assertThat(bean.getUndelivered()).isEqualTo(1);
        assertThat(bean.getUndeliveredBranches())
                .extracting(BranchReport::getState)
                .containsExactly("CONFIRMING");
        coordinator.behave();

        // The answer to the first call may still be on its way.
        while (!coordinator.status(lra).equals("Closed")) {
            bean.retryNow();
        }

        adapter.awaitEmptyLog();
    }

    private String undeliveredParticipant() {
        String shown = bean.getUndeliveredBranches().get(0).getParticipants().get(0);
        return shown.substring(shown.lastIndexOf(' ') + 1);
    }

    @Test
    void an_lra_that_is_never_closed_is_cancelled_when_a_person_forces_it() throws Exception {
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        coordinator.awaitCalls("close", 2);

        bean.forceParticipant(xid.toString(), undeliveredParticipant(), "Ann", "its service is gone");

        coordinator.awaitStatus(lra, "Cancelled");
        adapter.awaitFailedToConfirm();
        restart(settings(directory, coordinator));
        assertThat(bean.getHeuristicBranches()).singleElement().satisfies(branch -> {
            assertThat(branch.getState()).isEqualTo("FAILED_TO_CONFIRM");
            assertThat(branch.getParticipants()).singleElement().asString().startsWith("CANCELLED " + lra);
        });
        assertThat(bean.getOperatorActions())
                .singleElement()
                .asString()
                .contains("\tAnn\tforce to the other side the participant ", " of " + xid, "\tits service is gone");
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        bean.resolve(xid.toString(), "Ann", "seen");
        assertThat(bean.getHeuristic()).isZero();
    }

    @Test
    void an_lra_that_was_closed_and_is_forced_to_cancel_is_not_taken_for_cancelled() throws Exception {
        restart(TestAdapter.patient(directory, coordinator.url(), 5000));
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        coordinator.awaitCalls("close", 1);
        coordinator.end(lra, "Closed");

        bean.forceParticipant(xid.toString(), undeliveredParticipant(), "Ann", "its service is gone");

        adapter.awaitState(ParticipantState.FAILED_TO_CANCEL);
        adapter.awaitFailedToConfirm();
    }

    @Test
    void who_cannot_be_forced_is_told_so_and_nothing_is_noted() throws Exception {
        adapter.prepared(xid);
        String name = xid.toString();
        String known = adapter.branches
                .all(any -> true)
                .get(0)
                .participants()
                .iterator()
                .next()
                .id()
                .value();
        assertThatThrownBy(() -> bean.forceParticipant(name, known, "Ann", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", name, "PREPARED");
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        assertThatThrownBy(() -> bean.forceParticipant(name, "nobody", "Ann", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", "no participant nobody");
        assertThatThrownBy(() -> bean.forceParticipant(name, "no/id", "Ann", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("HFRAR035", "participant", "no/id");
        assertThatThrownBy(() -> bean.resolveParticipant(name, "no/id", "Ann", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("HFRAR035", "participant", "no/id");
        assertThatThrownBy(() -> bean.forceParticipant(name, known, " ", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("operator", "blank");
        assertThat(bean.getOperatorActions()).isEmpty();
        coordinator.answer("close", 200, "FailedToClose");
        adapter.awaitFailedToConfirm();
        assertThatThrownBy(() -> bean.forceParticipant(name, known, "Ann", "why"))
                .hasMessageContainingAll("HFRAR034", "FAILED_TO_CONFIRM");
    }

    @Test
    void a_flow_that_a_person_decides_stays_for_an_lra_that_comes_back_until_it_is_forgotten() throws Exception {
        registration.close();
        adapter.close();
        LocalApplications applications = new LocalApplications();
        adapter = TestAdapter.open(settings(directory, coordinator), applications);
        AdapterMXBean operations = adapter.bean();
        CompletableFuture<LocalCall.Decision> told = new CompletableFuture<>();
        applications.register("shop/web", call -> {
            told.complete(call.decision());
            return new LocalAnswer.Done();
        });
        Enlisted first = adapter.branches
                .flows()
                .enlist("shop/web lra 1", new LocalParticipant("shop/web", "com.example.Account", "freeze", "", ""));

        operations.rollbackInDoubt(first.transaction(), "Ann", "its coordinator has lost it");

        assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo(LocalCall.Decision.CANCEL);
        assertThat(adapter.branches.flows().end("shop/web lra 1", true)).isEqualTo(FlowState.CANCELLED);
        operations.forgetHeuristic(first.transaction(), "Ann", "it does not come back");
        adapter.awaitEmptyLog();
    }

    @Test
    void an_outcome_can_be_asked_for_after_the_end() throws Exception {
        restart(TestAdapter.retaining(directory, coordinator.url()));
        URI lra = adapter.prepared(xid);
        adapter.resource().commit(xid, false);
        coordinator.awaitStatus(lra, "Closed");
        var tx = adapter.branches.all(any -> true).get(0);
        adapter.branches.engine().ended(tx.id()).get(20, TimeUnit.SECONDS);
        // Who forgets at once has done so when another branch has come to its end.
        URI other = adapter.prepared(xid(2));
        adapter.resource().commit(xid(2), false);
        coordinator.awaitStatus(other, "Closed");

        assertThat(bean.find(lra.toString())).isNotNull().satisfies(branch -> {
            assertThat(branch.getXid()).isEqualTo(xid.toString());
            assertThat(branch.getState()).isEqualTo("CONFIRMED");
        });
        assertThat(bean.find(xid.toString())).isNotNull();
        assertThat(bean.find(xid(3).toString())).isNull();
        assertThat(coordinator.calls("forget")).isZero();
        restart(settings(directory, coordinator));
        coordinator.awaitForgotten(lra);
    }

    @Test
    void bad_arguments_are_named_with_their_bounds_and_change_nothing() throws XAException {
        adapter.prepared(xid);
        String name = xid.toString();

        assertThatThrownBy(() -> bean.commitInDoubt("1:nonsense:2", "Ann", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("HFRAR035", "branch", "1:nonsense:2");
        assertThatThrownBy(() -> bean.commitInDoubt("no/id", "Ann", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("HFRAR035", "branch", "no/id");
        assertThatThrownBy(() -> bean.find(" ")).hasMessageContainingAll("HFRAR035", "name", "blank");
        assertThatThrownBy(() -> bean.commitInDoubt(name, " ", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("operator", "blank", "1 to 200");
        assertThatThrownBy(() -> bean.commitInDoubt(name, "Ann", "x".repeat(4001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("reason", "4001", "1 to 4000");
        assertThatThrownBy(() -> bean.resolve(name, "Ann", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", name, "PREPARED");
        assertThatThrownBy(() -> bean.rollbackInDoubt(xid(2).toString(), "Ann", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", "unknown");
        assertThatThrownBy(() -> bean.rollbackInDoubt("nobody", "Ann", "why"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HFRAR034", "nobody", "unknown");

        assertThat(bean.getInDoubt()).isEqualTo(1);
        assertThat(bean.getOperatorActions()).isEmpty();
    }

    @Test
    void each_adapter_of_a_server_has_a_bean_from_its_start_to_its_stop(@TempDir Path other) throws Exception {
        ObjectName all = new ObjectName("io.holdfast:type=ResourceAdapter,*");
        Set<ObjectName> before = SERVER.queryNames(all, null);
        HoldfastResourceAdapter first = started(other.resolve("a"));
        HoldfastResourceAdapter second = started(other.resolve("b"));

        assertThat(SERVER.queryNames(all, null)).hasSize(before.size() + 2);
        first.stop();
        assertThat(SERVER.queryNames(all, null)).hasSize(before.size() + 1);
        second.stop();
        assertThat(SERVER.queryNames(all, null)).isEqualTo(before);
    }

    private HoldfastResourceAdapter started(Path log) throws ResourceException {
        HoldfastResourceAdapter started = new HoldfastResourceAdapter();
        started.setLogDirectory(log.toString());
        started.setCoordinatorUrl(coordinator.url());
        started.start(new FakeServer(9));
        return started;
    }
}
