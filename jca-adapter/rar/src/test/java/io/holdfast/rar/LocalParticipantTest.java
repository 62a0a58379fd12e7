package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.LocalRegistration;
import io.holdfast.api.ParticipantAlarm;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.HelpingExecutor;
import io.holdfast.engine.time.ThreadTimers;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalParticipantTest {
    private static final String NOBODY = "http://127.0.0.1:9/lra-coordinator";
    private static final LocalParticipant ACCOUNT =
            new LocalParticipant("shop/web", "com.example.Account", "freeze", "(long)", "[42, \"a b\"]");

    private final LocalApplications applications = new LocalApplications();
    private final BlockingQueue<LocalCall> calls = new LinkedBlockingQueue<>();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;
    private BranchXAResource resource;

    @BeforeEach
    void open(@TempDir Path given) throws XAException {
        directory = given;
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private Enlisted enlist(LocalParticipant participant) {
        return adapter.branches.enlist(resource.current().orElseThrow(), participant);
    }

    private LocalRegistration deploy(LocalAnswer answer) {
        return applications.register("shop/web", call -> {
            calls.add(call);
            return answer;
        });
    }

    private void commit() throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);
    }

    private LocalCall nextCall() throws InterruptedException {
        LocalCall call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("a call in time").isNotNull();
        return call;
    }

    @Test
    void a_commit_confirms_it_with_its_data() throws XAException, InterruptedException {
        deploy(new LocalAnswer.Done());
        Enlisted enlisted = enlist(ACCOUNT);
        commit();

        assertThat(nextCall()).isEqualTo(new LocalCall(enlisted, ACCOUNT, Decision.CONFIRM, 1));
        adapter.awaitEmptyLog();
        assertThat(calls).isEmpty();
    }

    @Test
    void from_its_join_to_its_end_three_writes_are_forced() throws XAException, InterruptedException {
        adapter.close();
        FaultyDisk.Switch disk = new FaultyDisk.Switch();
        adapter = TestAdapter.open(
                settings(directory, NOBODY, 5000, 0), applications, each -> new FaultyDisk(each, disk));
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        deploy(new LocalAnswer.Done());
        int before = disk.forces();

        TransactionId id = new TransactionId(enlist(ACCOUNT).transaction());
        commit();
        nextCall();

        adapter.awaitDropped(id);
        assertThat(disk.forces()).as("the join, the vote and the decision").isEqualTo(before + 3);
    }

    @Test
    void a_rollback_cancels_it_with_the_data_that_were_stored_last() throws XAException, InterruptedException {
        deploy(new LocalAnswer.Done());
        Enlisted enlisted = enlist(ACCOUNT);
        adapter.branches.store(resource.current().orElseThrow(), enlisted, "{}");
        resource.end(xid, XAResource.TMSUCCESS);
        resource.rollback(xid);

        LocalCall call = nextCall();
        assertThat(call.decision()).isEqualTo(Decision.CANCEL);
        assertThat(call.participant().data()).isEqualTo("{}");
    }

    @Test
    void each_enlistment_is_a_participant_of_its_own() throws XAException, InterruptedException {
        deploy(new LocalAnswer.Done());
        Enlisted first = enlist(ACCOUNT);
        Enlisted second = enlist(ACCOUNT);
        commit();

        Enlisted one = nextCall().enlisted();
        Enlisted other = nextCall().enlisted();
        assertThat(List.of(one, other)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void it_waits_for_an_application_that_is_deployed_after_a_restart() throws XAException, InterruptedException {
        Enlisted enlisted = enlist(ACCOUNT);
        commit();
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        deploy(new LocalAnswer.Done());

        assertThat(nextCall().enlisted()).isEqualTo(enlisted);
        adapter.awaitEmptyLog();
    }

    /** With an hour between two attempts only the registration can bring the call about. */
    @Test
    void a_registration_is_told_at_once_what_waits_for_it() throws XAException, InterruptedException {
        adapter.close();
        AdapterSettings slow = AdapterSettings.of(new AdapterSettings.Properties(
                directory.toString(),
                NOBODY,
                300,
                5000,
                5000,
                3_600_000,
                3_600_000,
                0,
                0,
                130,
                "",
                20,
                600,
                "",
                "",
                TestAdapter.MAX_NOTIFICATION_CHARACTERS,
                ""));
        adapter = TestAdapter.open(slow, applications);
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        enlist(ACCOUNT);
        commit();
        deploy(new LocalAnswer.Done());

        nextCall();
        adapter.awaitEmptyLog();
    }

    @Test
    void a_dispatcher_that_throws_or_fails_is_called_again() throws XAException, InterruptedException {
        enlist(ACCOUNT);
        commit();
        LocalRegistration broken = applications.register("shop/web", call -> {
            calls.add(call);
            throw new IllegalStateException("the application is not there yet");
        });
        nextCall();
        nextCall();
        broken.close();
        calls.clear();
        LocalRegistration failing = deploy(new LocalAnswer.Failed("the database is locked"));
        nextCall();
        nextCall();
        failing.close();
        calls.clear();
        deploy(new LocalAnswer.Done());

        nextCall();
        adapter.awaitEmptyLog();
    }

    private static LocalParticipant action(String method) {
        return new LocalParticipant("shop/web", "com.example.Flow", method, "", "", LocalParticipant.Kind.ACTION);
    }

    @Test
    void actions_are_undone_one_after_the_other_also_those_that_joined_beside_another_one() throws Exception {
        Enlisted first = enlist(action("take"));
        Enlisted second = adapter.branches.enlist(first, action("enter"));
        adapter.branches.store(second, "{}");
        enlist(action("ship"));
        applications.register("shop/web", call -> {
            calls.add(call);
            boolean fails = call.participant().method().equals("enter") && call.attempt() < 3;
            return fails ? new LocalAnswer.Failed("locked") : new LocalAnswer.Done();
        });
        resource.end(xid, XAResource.TMSUCCESS);
        resource.rollback(xid);
        adapter.awaitEmptyLog();

        assertThat(calls)
                .extracting(call -> call.participant().method())
                .containsExactly("ship", "enter", "enter", "enter", "take");
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.participant().kind()).isEqualTo(LocalParticipant.Kind.ACTION));
        assertThat(calls)
                .filteredOn(call -> call.enlisted().equals(second))
                .allSatisfy(call -> assertThat(call.participant().data()).isEqualTo("{}"));
    }

    @Test
    void nobody_joins_beside_one_whose_transaction_has_ended() throws Exception {
        deploy(new LocalAnswer.Done());
        Enlisted first = enlist(action("take"));
        commit();
        adapter.awaitEmptyLog();

        assertThatThrownBy(() -> adapter.branches.enlist(first, action("enter")))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining(first.transaction());
    }

    @Test
    void a_failed_undo_holds_back_the_others_until_an_operator_resolves_it() throws Exception {
        enlist(action("take"));
        Enlisted failing = enlist(action("pay"));
        applications.register("shop/web", call -> {
            calls.add(call);
            return call.participant().method().equals("pay")
                    ? new LocalAnswer.Refused("no such payment")
                    : new LocalAnswer.Done();
        });
        resource.end(xid, XAResource.TMSUCCESS);
        resource.rollback(xid);
        assertThat(nextCall().enlisted()).isEqualTo(failing);
        AdapterMXBean bean = adapter.bean();
        adapter.awaitState(ParticipantState.FAILED_TO_CANCEL);
        assertThat(bean.getUndeliveredBranches()).singleElement().satisfies(branch -> assertThat(
                        branch.getParticipants())
                .anySatisfy(one -> assertThat(one).contains(failing.participant(), "FAILED_TO_CANCEL")));
        assertThat(calls).isEmpty();

        bean.resolveParticipant(xid.toString(), failing.participant(), "Ann", "refunded by hand");

        assertThat(nextCall().participant().method()).isEqualTo("take");
        adapter.awaitEmptyLog();
        assertThat(bean.getOperatorActions()).singleElement().asString().contains("Ann", failing.participant());
    }

    @Test
    void a_confirm_that_never_succeeds_is_cancelled_once_when_a_person_forces_it() throws Exception {
        Enlisted stuck = enlist(ACCOUNT);
        Enlisted other = enlist(ACCOUNT);
        applications.register("shop/web", call -> {
            if (call.enlisted().equals(stuck) && call.decision() == Decision.CONFIRM) {
                return new LocalAnswer.Failed("the row is locked");
            }
            calls.add(call);
            return new LocalAnswer.Done();
        });
        commit();
        assertThat(nextCall().enlisted()).isEqualTo(other);

        adapter.bean().forceParticipant(xid.toString(), stuck.participant(), "Ann", "the row is locked for good");

        LocalCall cancelled = nextCall();
        assertThat(cancelled.enlisted()).isEqualTo(stuck);
        assertThat(cancelled.decision()).isEqualTo(Decision.CANCEL);
        adapter.awaitFailedToConfirm();
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        AdapterMXBean bean = adapter.bean();
        assertThat(bean.getHeuristicBranches()).singleElement().satisfies(branch -> assertThat(branch.getParticipants())
                .anySatisfy(one -> assertThat(one).contains("CANCELLED ", stuck.participant()))
                .anySatisfy(one -> assertThat(one).contains("CONFIRMED ", other.participant())));
        bean.resolve(xid.toString(), "Ann", "seen");
        adapter.awaitEmptyLog();
        assertThat(calls).isEmpty();
    }

    @Test
    void a_person_who_forces_the_first_confirm_of_the_only_decider_rolls_back() throws Exception {
        Enlisted first = enlist(ACCOUNT);
        enlist(ACCOUNT);
        applications.register("shop/web", call -> {
            calls.add(call);
            return call.decision() == Decision.CONFIRM ? new LocalAnswer.Failed("later") : new LocalAnswer.Done();
        });
        resource.end(xid, XAResource.TMSUCCESS);
        CompletableFuture<Void> forced = CompletableFuture.runAsync(() -> {
            adapter.awaitState(ParticipantState.CONFIRMING);
            adapter.bean().forceParticipant(xid.toString(), first.participant(), "Ann", "why");
        });

        XaCodes.assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.commit(xid, true));

        forced.get(20, TimeUnit.SECONDS);
        adapter.awaitEmptyLog();
        assertThat(calls).filteredOn(call -> call.decision() == Decision.CANCEL).hasSize(2);
        assertThat(calls)
                .filteredOn(call -> call.decision() == Decision.CONFIRM)
                .extracting(LocalCall::enlisted)
                .containsOnly(first);
    }

    @Test
    void a_refused_confirm_of_the_only_decider_is_a_rollback_and_cancels_all() throws Exception {
        enlist(ACCOUNT);
        enlist(ACCOUNT);
        applications.register("shop/web", call -> {
            calls.add(call);
            return call.decision() == Decision.CONFIRM
                    ? new LocalAnswer.Refused("the account is closed")
                    : new LocalAnswer.Done();
        });
        resource.end(xid, XAResource.TMSUCCESS);

        XaCodes.assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.commit(xid, true));

        adapter.awaitEmptyLog();
        assertThat(calls)
                .extracting(LocalCall::decision)
                .containsExactly(Decision.CONFIRM, Decision.CANCEL, Decision.CANCEL);
    }

    @Test
    void a_confirm_of_the_only_decider_that_gives_no_answer_is_no_refusal() throws Exception {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 300, 0), applications);
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        enlist(ACCOUNT);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        deploy(new LocalAnswer.Refused("the account is closed"));

        assertThat(nextCall().decision()).isEqualTo(Decision.CONFIRM);
        adapter.awaitFailedToConfirm();
    }

    @Test
    void an_alarm_is_counted_sent_and_told_to_the_application() throws Exception {
        adapter.close();
        BlockingQueue<ParticipantAlarm> alarms = new LinkedBlockingQueue<>();
        try (FakeService service = new FakeService().answers("alarms", 503, "")) {
            adapter = TestAdapter.open(
                    AdapterSettings.of(new AdapterSettings.Properties(
                            directory.toString(),
                            NOBODY,
                            300,
                            5000,
                            5000,
                            10,
                            50,
                            0,
                            0,
                            130,
                            "",
                            3,
                            0,
                            service.at("alarms").toString(),
                            "",
                            TestAdapter.MAX_NOTIFICATION_CHARACTERS,
                            "")),
                    applications);
            resource = adapter.resource();
            resource.start(xid, XAResource.TMNOFLAGS);
            Enlisted enlisted = enlist(ACCOUNT);
            applications.register("shop/web", new LocalDispatcher() {
                @Override
                public LocalAnswer dispatch(LocalCall call) {
                    return call.attempt() < 5 ? new LocalAnswer.Failed("locked \"row\"") : new LocalAnswer.Done();
                }

                @Override
                public void alarm(ParticipantAlarm alarm) {
                    alarms.add(alarm);
                }
            });
            commit();

            ParticipantAlarm alarm = alarms.poll(20, TimeUnit.SECONDS);
            assertThat(alarm)
                    .isEqualTo(new ParticipantAlarm(enlisted, ACCOUNT, Decision.CONFIRM, 3, false, "locked \"row\""));
            adapter.awaitEmptyLog();
            assertThat(alarms).isEmpty();
            assertThat(adapter.branches.statistics().counted(Statistics.Counter.ALARMS))
                    .isEqualTo(1);
            service.awaitCalls(2);
            assertThat(service.calls()).containsExactly("POST /alarms", "POST /alarms");
            assertThat(service.lastBody()).contains("\"locked \\\"row\\\"\"", enlisted.participant(), "\"attempts\":3");
        }
    }

    @Test
    void a_flow_goes_on_over_a_restart_and_ends_as_who_knows_its_name_decides() throws Exception {
        Enlisted first = adapter.branches.flows().enlist("lra 1", ACCOUNT);
        adapter.branches.enlist(first, action("ship"));
        adapter.branches.store(first, "{}");
        resource.end(xid, XAResource.TMSUCCESS);
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        assertThat(adapter.branches.flows().state("lra 1")).isEqualTo(FlowState.ACTIVE);
        deploy(new LocalAnswer.Done());

        assertThat(adapter.branches.flows().end("lra 1", false)).isIn(FlowState.CANCELLED, FlowState.UNKNOWN);

        assertThat(List.of(nextCall(), nextCall()))
                .allSatisfy(call -> assertThat(call.decision()).isEqualTo(Decision.CANCEL));
        adapter.awaitEmptyLog();
        assertThat(adapter.branches.flows().end("lra 1", true)).isEqualTo(FlowState.UNKNOWN);
    }

    @Test
    void a_flow_that_is_decided_takes_no_more_participants_and_keeps_its_decision() throws Exception {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 100, 0), applications);
        adapter.branches.flows().enlist("lra 1", ACCOUNT);
        assertThat(adapter.branches.flows().end("lra 1", false)).isEqualTo(FlowState.CANCELLING);

        assertThatThrownBy(() -> adapter.branches.flows().enlist("lra 1", ACCOUNT))
                .isInstanceOf(HoldfastException.class);
        assertThat(adapter.branches.flows().end("lra 1", true)).isEqualTo(FlowState.CANCELLING);
        assertThatThrownBy(() -> adapter.branches.flows().enlist("", ACCOUNT))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("The flow of a local participant has 0 characters");
        deploy(new LocalAnswer.Done());
        adapter.awaitEmptyLog();
    }

    @Test
    void a_flow_that_was_cancelled_ahead_stays_so_until_who_decides_about_it_has_learnt_of_it() throws Exception {
        resource.end(xid, XAResource.TMSUCCESS);
        deploy(new LocalAnswer.Done());
        adapter.branches.flows().enlist("lra 1", ACCOUNT);
        adapter.branches.flows().enlist("lra 2", ACCOUNT);
        for (String flow : List.of("lra 1", "lra 2")) {
            assertThat(adapter.branches.flows().cancel(flow, "its try has failed"))
                    .isIn(FlowState.CANCELLING, FlowState.CANCELLED);
            assertThat(nextCall().decision()).isEqualTo(Decision.CANCEL);
        }
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        assertThat(adapter.bean().getHeuristicBranches()).hasSize(2).allSatisfy(branch -> assertThat(branch.getWhy())
                .contains("its try has failed"));

        assertThat(adapter.branches.flows().state("lra 1")).isEqualTo(FlowState.ACTIVE);
        assertThat(adapter.branches.flows().end("lra 1", true)).isEqualTo(FlowState.CANCELLED);
        assertThat(adapter.branches.flows().end("lra 1", true)).isEqualTo(FlowState.CANCELLED);
        adapter.branches.flows().forget("lra 1");
        assertThat(adapter.branches.flows().end("lra 2", false)).isIn(FlowState.CANCELLED, FlowState.UNKNOWN);

        adapter.awaitEmptyLog();
        adapter.branches.flows().forget("lra 1");
        assertThat(adapter.branches.flows().cancel("lra 1", "too late")).isEqualTo(FlowState.UNKNOWN);
    }

    @Test
    void a_participant_leaves_a_flow_and_is_told_nothing_until_that_is_decided() throws Exception {
        resource.end(xid, XAResource.TMSUCCESS);
        deploy(new LocalAnswer.Done());
        Enlisted first = adapter.branches.flows().enlist("lra 1", ACCOUNT);
        Enlisted second = adapter.branches.enlist(first, ACCOUNT);

        assertThat(adapter.branches.leave(first)).isTrue();

        assertThat(adapter.branches.flows().end("lra 1", true)).isIn(FlowState.CONFIRMED, FlowState.UNKNOWN);
        assertThat(nextCall().enlisted()).isEqualTo(second);
        adapter.awaitEmptyLog();
        assertThat(calls).isEmpty();
        assertThatThrownBy(() -> adapter.branches.leave(second)).isInstanceOf(HoldfastException.class);
    }

    @Test
    void a_flow_is_listed_told_again_and_resolved_by_its_id_since_it_has_no_xid() throws Exception {
        resource.end(xid, XAResource.TMSUCCESS);
        adapter.close();
        adapter = TestAdapter.open(TestAdapter.patient(directory, NOBODY, 100), applications);
        deploy(new LocalAnswer.Failed("the row is locked"));
        Enlisted first = adapter.branches.flows().enlist("shop/web lra 1", ACCOUNT);
        assertThat(adapter.branches.flows().end("shop/web lra 1", true)).isEqualTo(FlowState.CONFIRMING);
        nextCall();
        AdapterMXBean bean = adapter.bean();

        assertThat(bean.getUndeliveredBranches()).singleElement().satisfies(branch -> {
            assertThat(branch.getXid()).isEmpty();
            assertThat(branch.getId()).isEqualTo(first.transaction());
            assertThat(branch.getFlow()).isEqualTo("shop/web lra 1");
        });
        assertThat(bean.find("lra 1")).isNotNull();
        // The answer to the first call may still be on its way.
        while (calls.isEmpty()) {
            bean.retryBranchNow(first.transaction());
        }
        bean.resolveParticipant(first.transaction(), first.participant(), "Ann", "booked by hand");

        adapter.awaitEmptyLog();
        assertThat(bean.getOperatorActions())
                .singleElement()
                .asString()
                .contains("Ann", first.transaction(), first.participant(), "booked by hand");
    }

    @Test
    void a_flow_that_nobody_ends_is_listed_after_a_while_and_decided_by_its_id() throws Exception {
        resource.end(xid, XAResource.TMSUCCESS);
        adapter.close();
        ManualTime time = new ManualTime();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), time);
        List<String> ids = new ArrayList<>();
        for (String lra : List.of("lra 1", "lra 2")) {
            ids.add(adapter.branches.flows().enlist("shop/web " + lra, ACCOUNT).transaction());
        }
        assertThat(adapter.bean().getOpen()).isZero();
        time.advance(Duration.ofSeconds(601));
        AdapterMXBean bean = adapter.bean();
        assertThat(bean.getOpen()).isEqualTo(2);
        assertThat(bean.getOpenFlows()).extracting(BranchReport::getFlow).contains("shop/web lra 1");
        assertThat(bean.getOpenFlows()).extracting(BranchReport::getState).containsOnly("ACTIVE");

        bean.rollbackInDoubt(ids.get(0), "Ann", "its coordinator has lost it");
        bean.commitInDoubt(ids.get(1), "Ann", "its coordinator has lost it");

        assertThat(bean.getOpenFlows()).isEmpty();
        assertThat(adapter.branches.flows().state("shop/web lra 1"))
                .as("its LRA has not learnt of it")
                .isEqualTo(FlowState.ACTIVE);
        assertThat(bean.getUndeliveredBranches())
                .extracting(BranchReport::getState)
                .containsExactlyInAnyOrder("CANCELLING", "CONFIRMING");
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        deploy(new LocalAnswer.Done());
        assertThat(List.of(nextCall(), nextCall()))
                .extracting(call -> call.enlisted().transaction(), LocalCall::decision)
                .containsExactlyInAnyOrder(tuple(ids.get(0), Decision.CANCEL), tuple(ids.get(1), Decision.CONFIRM));
        AdapterMXBean after = adapter.bean();
        assertThat(after.getHeuristicBranches()).hasSize(2).allSatisfy(branch -> {
            assertThat(branch.getHeuristic()).isEqualTo("PERSON");
            assertThat(branch.getOperator()).isEqualTo("Ann");
        });
        assertThat(adapter.branches.flows().end("shop/web lra 2", true))
                .as("it may be gone by then, as after any end")
                .isIn(FlowState.CONFIRMED, FlowState.UNKNOWN);
        assertThat(after.getHeuristicBranches())
                .as("an LRA that wants the same has learnt of it")
                .extracting(BranchReport::getId)
                .containsExactly(ids.get(0));
        assertThat(after.getOperatorActions()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\tAnn\t", "its coordinator has lost it"));
    }

    @Test
    void a_flow_that_has_failed_is_resolved_by_its_id_after_a_restart_and_stays_away() throws Exception {
        deploy(new LocalAnswer.Refused("the account is closed"));
        Enlisted first = adapter.branches.flows().enlist("shop/web lra 1", ACCOUNT);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(adapter.branches.flows().end("shop/web lra 1", true)).isEqualTo(FlowState.FAILED_TO_CONFIRM);
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        AdapterMXBean bean = adapter.bean();
        assertThat(bean.getHeuristicBranches()).extracting(BranchReport::getId).containsExactly(first.transaction());

        bean.resolve(first.transaction(), "Ann", "booked by hand");

        assertThat(bean.getHeuristic()).isZero();
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), applications);
        adapter.awaitEmptyLog();
    }

    @Test
    void a_flow_whose_decision_was_waited_for_in_vain_leaves_the_log_all_the_same(@TempDir Path elsewhere)
            throws Exception {
        deploy(new LocalAnswer.Done());
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        AdapterSettings impatient = settings(elsewhere, NOBODY, 1000, 0).withDiskPatience(Duration.ofMillis(300));
        try (TestAdapter hanging = TestAdapter.open(impatient, applications, disk -> new FaultyDisk(disk, fault))) {
            hanging.branches.flows().enlist("lra 1", ACCOUNT);
            try (HangingWrite other = new HangingWrite(hanging, fault)) {
                assertThat(other).isNotNull();
                assertThatThrownBy(() -> hanging.branches.flows().end("lra 1", true))
                        .isInstanceOf(Patience.OverException.class);
            }

            assertThat(nextCall().decision()).isEqualTo(Decision.CONFIRM);
            hanging.awaitEmptyLog();
        }
    }

    @Test
    void a_refusal_stays_for_a_person() throws XAException, InterruptedException {
        deploy(new LocalAnswer.Refused("the account is closed"));
        enlist(ACCOUNT);
        commit();
        nextCall();

        adapter.awaitFailedToConfirm();
    }

    @Test
    void an_undeployment_waits_for_the_call_under_way_and_leaves_the_rest_to_the_next_deployment() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        LocalRegistration old = applications.register("shop/web", call -> {
            begun.countDown();
            awaitUnchecked(mayEnd);
            return new LocalAnswer.Done();
        });
        enlist(ACCOUNT);
        commit();
        begun.await();
        Thread undeployment = new Thread(old::close);
        undeployment.start();
        while (undeployment.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        undeployment.join();
        old.close();

        adapter.awaitEmptyLog();
        assertThat(applications.find("shop/web")).isEmpty();
    }

    @Test
    void a_call_that_takes_long_is_not_made_a_second_time_meanwhile() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        LocalApplications slowOnes = new LocalApplications();
        slowOnes.register("shop/web", call -> {
            calls.add(call);
            awaitUnchecked(mayEnd);
            return new LocalAnswer.Done();
        });
        enlist(ACCOUNT);
        Transaction tx = adapter.branches.engine().list(any -> true, 1).join().get(0);
        var call = new Call(tx, tx.participants().iterator().next(), Instruction.CONFIRM, 1);

        try (ThreadTimers timers = new ThreadTimers("slow-call")) {
            LocalDriver driver = new LocalDriver(
                    slowOnes,
                    (task, refused) -> new Thread(task).start(),
                    new HelpingExecutor(Runnable::run, failed -> {}),
                    timers,
                    Duration.ofMillis(1));
            assertThat(driver.deliver(call).toCompletableFuture().get()).isInstanceOf(Answer.Unknown.class);
            var second = driver.deliver(call);
            mayEnd.countDown();
            nextCall();
            assertThat(second.toCompletableFuture().get()).isNotNull();
            assertThat(calls).isEmpty();
        }
    }

    @Test
    void a_call_that_takes_long_does_not_answer_for_one_that_tells_the_other_side() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        LocalApplications slowOnes = new LocalApplications();
        slowOnes.register("shop/web", call -> {
            calls.add(call);
            if (call.decision() == Decision.CONFIRM) {
                awaitUnchecked(mayEnd);
            }
            return new LocalAnswer.Done();
        });
        enlist(ACCOUNT);
        Transaction tx = adapter.branches.engine().list(any -> true, 1).join().get(0);
        Participant account = tx.participants().iterator().next();
        try (ThreadTimers timers = new ThreadTimers("slow-call")) {
            LocalDriver driver = new LocalDriver(
                    slowOnes,
                    (task, refused) -> new Thread(task).start(),
                    new HelpingExecutor(Runnable::run, failed -> {}),
                    timers,
                    Duration.ofSeconds(20));
            var confirmed = driver.deliver(new Call(tx, account, Instruction.CONFIRM, 1))
                    .toCompletableFuture();
            nextCall();

            Call cancel = new Call(tx, account, Instruction.CANCEL, 1);
            assertThat(driver.deliver(cancel).toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(Answer.Unknown.class);
            assertThat(calls).isEmpty();

            mayEnd.countDown();
            assertThat(confirmed.get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Done.class);
            assertThat(driver.deliver(cancel).toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(Answer.Done.class);
            assertThat(nextCall().decision()).isEqualTo(Decision.CANCEL);
        }
    }

    @Test
    void what_follows_from_an_answer_runs_in_the_thread_of_the_bean() throws Exception {
        List<Runnable> others = new CopyOnWriteArrayList<>();
        HelpingExecutor engine = new HelpingExecutor(others::add, failed -> {});
        CountDownLatch mayEnd = new CountDownLatch(1);
        LocalApplications beans = new LocalApplications();
        beans.register("shop/web", call -> {
            awaitUnchecked(mayEnd);
            return new LocalAnswer.Done();
        });
        enlist(ACCOUNT);
        Transaction tx = adapter.branches.engine().list(any -> true, 1).join().get(0);
        var call = new Call(tx, tx.participants().iterator().next(), Instruction.CONFIRM, 1);
        LocalDriver driver =
                new LocalDriver(beans, (task, refused) -> new Thread(task, "bean").start(), engine, new ManualTime());

        CompletableFuture<String> ranIn = new CompletableFuture<>();
        var unused = driver.deliver(call)
                .whenCompleteAsync(
                        (answer, failure) ->
                                ranIn.complete(Thread.currentThread().getName()),
                        task -> HelpingExecutor.ofThisThread(engine).execute(task));
        mayEnd.countDown();

        assertThat(ranIn.get(20, TimeUnit.SECONDS)).isEqualTo("bean");
        assertThat(others).isEmpty();
    }

    @Test
    void after_the_end_of_its_registration_the_adapter_refers_to_nothing_of_an_application() throws Exception {
        LocalDispatcher dispatcher = new Dispatcher(new Object());
        WeakReference<LocalDispatcher> kept = new WeakReference<>(dispatcher);
        enlist(ACCOUNT);
        LocalRegistration registration = applications.register("shop/web", dispatcher);
        commit();
        adapter.awaitEmptyLog();
        registration.close();
        dispatcher = null;

        for (int i = 0; i < 50 && kept.get() != null; i++) {
            System.gc();
        }
        assertThat(kept.get()).isNull();
        assertThat(registration).isNotNull();
    }

    private record Dispatcher(Object own) implements LocalDispatcher {
        @Override
        public LocalAnswer dispatch(LocalCall call) {
            return new LocalAnswer.Done();
        }
    }

    @Test
    void names_and_data_that_are_empty_or_too_long_are_refused_and_change_nothing() throws XAException {
        assertRefused(new LocalParticipant("", "b", "m", "", ""), "application");
        assertRefused(new LocalParticipant("a", "x".repeat(1025), "m", "", ""), "bean");
        assertRefused(new LocalParticipant("a", "b", "", "", ""), "method");
        assertRefused(new LocalParticipant("a", "b", "m", "x".repeat(1025), ""), "signature");
        assertRefused(new LocalParticipant("a", "b", "m", "", "x".repeat(65_537)), "data");
        assertThatThrownBy(() -> applications.register("", call -> new LocalAnswer.Done()))
                .hasMessageStartingWith("HFRAR054");
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    private void assertRefused(LocalParticipant participant, String what) {
        assertThatThrownBy(() -> enlist(participant))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR054 The " + what);
    }

    @Test
    void data_of_a_participant_that_is_not_there_are_refused() {
        Branch branch = resource.current().orElseThrow();
        assertThatThrownBy(() -> adapter.branches.store(branch, new Enlisted("t", "p"), ""))
                .hasMessageStartingWith("HFRAR052");
        enlist(ACCOUNT);
        assertThatThrownBy(() -> adapter.branches.store(branch, new Enlisted("t", "p"), ""))
                .hasMessageStartingWith("HFRAR052");
        assertThatThrownBy(() -> adapter.branches.store(branch, new Enlisted("t", "no id!"), ""))
                .hasMessageStartingWith("HFRAR052");
    }

    @Test
    void an_address_is_read_as_it_was_written() {
        LocalAddress address = new LocalAddress("1", "a b/c", "x.Y$Z", "m", "");

        assertThat(LocalAddress.decode(address.encode())).isEqualTo(address);
        assertThatThrownBy(() -> LocalAddress.decode("local2 a")).hasMessageContaining("local2 a");
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
