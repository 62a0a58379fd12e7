package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.OPERATOR_ROLE;
import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.api.BranchEntry;
import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HoldfastOperations;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.OperatorAction;
import io.holdfast.api.ParticipantEntry;
import io.holdfast.engine.state.ParticipantState;
import jakarta.resource.ResourceException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application does for an operator. */
class OperatorViewTest {
    private static final String WHY = "paid by hand";

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final XidValue xid = xid(1);
    private final String name = xid.toString();
    /** Of the caller. */
    private final Set<String> roles = new HashSet<>(Set.of(OPERATOR_ROLE));

    private Path directory;
    private TestAdapter adapter;
    private HoldfastOperations operations;

    @BeforeEach
    void open(@TempDir Path given) {
        directory = given;
        open(settings(directory, coordinator));
        operations = view("Ann");
    }

    private void open(AdapterSettings settings) {
        adapter = TestAdapter.open(settings);
    }

    private void reopen(AdapterSettings settings) {
        adapter.close();
        open(settings);
    }

    private HoldfastOperations view(@Nullable String operator) {
        return OperatorView.of(() -> adapter.branches, operator, roles::contains);
    }

    @AfterEach
    void close() {
        adapter.close();
        coordinator.close();
    }

    private static BranchEntry only(List<BranchEntry> listed) {
        assertThat(listed).hasSize(1);
        return listed.get(0);
    }

    private void committedWithoutAnswer() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        coordinator.awaitCalls("close", 1);
    }

    private static void repeatUntil(Runnable action, BooleanSupplier condition) {
        long deadline = System.nanoTime() + FakeCoordinator.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("over the deadline").isNegative();
            action.run();
        }
    }

    @Test
    void it_is_off_as_long_as_no_role_is_configured() throws ResourceException {
        HoldfastResourceAdapter untouched = new HoldfastResourceAdapter();
        untouched.setLogDirectory(directory.resolve("other").toString());
        untouched.setOperatorRole(" ");
        untouched.start(new FakeServer(9));
        try {
            HoldfastManagedConnectionFactory factory = new HoldfastManagedConnectionFactory();
            factory.setResourceAdapter(untouched);
            AdapterConnectionFactory found = new AdapterConnectionFactory(factory, new UnpooledConnections());

            assertThatThrownBy(() -> found.operations("Ann", role -> true))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContainingAll("HFRAR036", "operatorRole");
        } finally {
            untouched.stop();
        }
    }

    @Test
    void a_factory_gives_it_to_who_has_the_role() throws ResourceException {
        HoldfastResourceAdapter configured = new HoldfastResourceAdapter();
        configured.setLogDirectory(directory.resolve("other").toString());
        configured.setOperatorRole("clerk");
        configured.start(new FakeServer(9));
        try {
            HoldfastManagedConnectionFactory factory = new HoldfastManagedConnectionFactory();
            factory.setResourceAdapter(configured);
            HoldfastOperations given =
                    new AdapterConnectionFactory(factory, new UnpooledConnections()).operations("Ann", "clerk"::equals);

            assertThat(given.inDoubt()).isEmpty();
            configured.setOperatorRole("chief");
            assertThat(given.inDoubt()).as("until it is started anew").isEmpty();
            configured.stop();
            assertThatThrownBy(given::inDoubt)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("HFRAR007");
            configured.start(new FakeServer(9));
            assertThatThrownBy(given::inDoubt)
                    .as("the role of the last start counts")
                    .hasMessageContainingAll("HFRAR037", "Ann", "chief");
        } finally {
            configured.stop();
        }
    }

    @Test
    void who_has_another_role_gets_none() {
        roles.clear();
        roles.add("guest");

        assertThatThrownBy(() -> view("Eve"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR037", "Eve", OPERATOR_ROLE);
    }

    @Test
    void who_is_refused_is_logged_in_one_line() {
        roles.clear();
        try (LoggedMessages logged = new LoggedMessages()) {
            assertThatThrownBy(() -> view("Eve\nHFRAR033 The operator Ann")).hasMessageContaining("HFRAR037");
            assertThatThrownBy(() -> operations.inDoubt()).hasMessageContaining("HFRAR037");

            assertThat(logged.of(AdapterMessage.NOT_AN_OPERATOR))
                    .hasSize(2)
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("The caller Eve HFRAR033 The operator Ann does not", OPERATOR_ROLE),
                            line -> assertThat(line).contains("The caller Ann does not", OPERATOR_ROLE));
        }
    }

    @Test
    void who_has_no_name_is_refused_for_the_role_first_and_then_for_the_name() {
        assertThatThrownBy(() -> view(null))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR035", "operator", "missing", "1 to 200");
        roles.clear();

        assertThatThrownBy(() -> view(null))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR037", "without a name", OPERATOR_ROLE);
        assertThatThrownBy(() -> view("x".repeat(100_000)))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("HFRAR037")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void without_a_check_nobody_comes_in() {
        assertThatThrownBy(() -> OperatorView.of(() -> adapter.branches, "Ann", null))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR035", "isInRole", "check of the caller");
    }

    @Test
    void what_is_done_is_logged_in_one_line() throws XAException {
        adapter.prepared(xid);
        try (LoggedMessages logged = new LoggedMessages()) {
            view("Ann\nBob").rollbackInDoubt(name, "by phone\r\nHFRAR001 all is well");

            assertThat(logged.of(AdapterMessage.OPERATOR_ACTED))
                    .singleElement()
                    .asString()
                    .endsWith("The operator Ann Bob has told the adapter to roll back " + name
                            + ": by phone HFRAR001 all is well");
        }
    }

    static Stream<Consumer<HoldfastOperations>> everyOperation() {
        String branch = xid(1).toString();
        return Stream.of(
                HoldfastOperations::inDoubt,
                HoldfastOperations::undelivered,
                HoldfastOperations::heuristic,
                HoldfastOperations::openFlows,
                HoldfastOperations::actions,
                view -> view.find(branch),
                HoldfastOperations::retryNow,
                view -> view.retryBranchNow(branch),
                view -> view.resolveParticipant(branch, "p", WHY),
                view -> view.forceParticipant(branch, "p", WHY),
                view -> view.commitInDoubt(branch, WHY),
                view -> view.rollbackInDoubt(branch, WHY),
                view -> view.forgetHeuristic(branch, WHY),
                view -> view.resolve(branch, WHY));
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void who_has_lost_the_role_is_refused_at_every_operation_and_nothing_is_changed(
            Consumer<HoldfastOperations> operation) throws XAException {
        adapter.prepared(xid);
        roles.clear();

        assertThatThrownBy(() -> operation.accept(operations))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR037", "Ann", OPERATOR_ROLE);

        assertThat(adapter.bean().getInDoubt()).isEqualTo(1);
        assertThat(adapter.bean().getOperatorActions()).isEmpty();
        roles.add(OPERATOR_ROLE);
        assertThat(operations.inDoubt()).hasSize(1);
    }

    /** So that a method that is added is tried, too. */
    @Test
    void these_are_all_operations() {
        assertThat(HoldfastOperations.class.getMethods())
                .hasSize((int) everyOperation().count());
    }

    @Test
    void what_the_callers_check_throws_comes_through() {
        HoldfastOperations late = OperatorView.of(() -> adapter.branches, "Ann", role -> {
            if (roles.isEmpty()) {
                throw new IllegalStateException("the request is over");
            }
            return true;
        });
        roles.clear();

        assertThatThrownBy(late::retryNow)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the request is over");
    }

    @Test
    void a_branch_in_doubt_is_listed_and_rolled_back_with_name_and_reason() throws XAException {
        URI lra = adapter.prepared(xid);
        BranchEntry listed = only(operations.inDoubt());
        assertThat(listed.xid()).isEqualTo(name);
        assertThat(listed.flow()).isEmpty();
        assertThat(listed.state()).isEqualTo(BranchEntry.State.PREPARED);
        assertThat(listed.reason()).isEmpty();
        assertThat(listed.endedAt()).isNull();
        assertThat(listed.heuristic()).isNull();
        assertThat(listed.lras()).containsExactly(lra.toString());
        assertThat(listed.participants()).singleElement().satisfies(participant -> {
            assertThat(participant.state()).isEqualTo(ParticipantEntry.State.PREPARED);
            assertThat(participant.address()).isEqualTo(lra.toString());
            assertThat(listed.participant(participant.id())).contains(participant);
        });
        assertThat(operations.find(lra.toString())).contains(listed);
        assertThat(operations.find(xid(2).toString())).isEmpty();

        operations.rollbackInDoubt(name, "cancelled\nby phone");

        coordinator.awaitStatus(lra, "Cancelled");
        assertThat(operations.inDoubt()).isEmpty();
        assertThat(only(operations.heuristic()).heuristic())
                .isEqualTo(new BranchEntry.Heuristic(BranchEntry.Heuristic.Cause.PERSON, "Ann", "cancelled\nby phone"));
        assertThat(operations.actions()).singleElement().satisfies(action -> {
            assertThat(action.time()).isNotEmpty();
            assertThat(action)
                    .isEqualTo(new OperatorAction(action.time(), "Ann", "roll back " + name, "cancelled by phone"));
        });
        assertThat(adapter.bean().getOperatorActions()).hasSize(1);
        XaCodes.assertFailsWith(XAException.XA_HEURRB, () -> adapter.resource().commit(xid, false));
        operations.forgetHeuristic(name, "told");
        assertThat(operations.heuristic()).isEmpty();
    }

    @Test
    void a_branch_in_doubt_is_committed_by_its_id() throws XAException {
        URI lra = adapter.prepared(xid);

        operations.commitInDoubt(only(operations.inDoubt()).id(), WHY);

        coordinator.awaitStatus(lra, "Closed");
        adapter.resource().commit(xid, false);
        adapter.awaitEmptyLog();
    }

    @Test
    void what_waits_is_listed_and_told_again_at_once() throws XAException {
        reopen(TestAdapter.patient(directory, coordinator.url(), 5000));
        committedWithoutAnswer();
        BranchEntry waiting = only(operations.undelivered());
        assertThat(waiting.state()).isEqualTo(BranchEntry.State.CONFIRMING);
        assertThat(waiting.participants()).allMatch(each -> each.state().isWaiting());

        // The answer to the first call may still be on its way.
        repeatUntil(() -> operations.retryBranchNow(name), () -> coordinator.calls("close") >= 2);
        coordinator.behave();
        URI lra = URI.create(waiting.lras().get(0));
        repeatUntil(operations::retryNow, () -> coordinator.status(lra).equals("Closed"));

        adapter.awaitEmptyLog();
        assertThat(operations.actions()).isEmpty();
    }

    @Test
    void what_waits_is_listed_with_its_attempts_and_what_came_of_them() throws XAException {
        committedWithoutAnswer();
        URI lra = URI.create(only(operations.undelivered()).lras().get(0));

        repeatUntil(operations::retryNow, () -> waiting().alarmed());

        assertThat(waiting().attempts()).isGreaterThanOrEqualTo(20);
        assertThat(waiting().lastResult()).contains("503");
        assertThat(operations.find(name).orElseThrow().participants())
                .singleElement()
                .satisfies(found -> assertThat(found.attempts()).isGreaterThanOrEqualTo(20));
        coordinator.behave();
        coordinator.awaitStatus(lra, "Closed");
        adapter.awaitEmptyLog();
    }

    private ParticipantEntry waiting() {
        return only(operations.undelivered()).participants().get(0);
    }

    @Test
    void what_has_only_just_been_decided_has_no_result_yet() throws XAException {
        Enlisted[] both = enlisted(LocalParticipant.Kind.ACTION);
        adapter.resource().rollback(xid);

        assertThat(only(operations.undelivered()).participant(both[0].participant()))
                .as("its turn has not come")
                .hasValueSatisfying(first -> {
                    assertThat(first.attempts()).isZero();
                    assertThat(first.lastResult()).isEmpty();
                    assertThat(first.alarmed()).isFalse();
                });
    }

    @Test
    void a_person_answers_for_a_participant() throws XAException {
        committedWithoutAnswer();
        BranchEntry waiting = only(operations.undelivered());

        operations.resolveParticipant(
                waiting.id(), waiting.participants().get(0).id(), WHY);

        adapter.awaitEmptyLog();
        assertThat(operations.actions())
                .extracting(OperatorAction::operator, OperatorAction::reason)
                .containsExactly(tuple("Ann", WHY));
    }

    @Test
    void a_participant_is_forced_and_the_failed_branch_resolved() throws XAException {
        committedWithoutAnswer();
        BranchEntry waiting = only(operations.undelivered());
        String participant = waiting.participants().get(0).id();

        operations.forceParticipant(name, participant, "its service is gone");

        adapter.awaitFailedToConfirm();
        BranchEntry failed = only(operations.heuristic());
        assertThat(failed.state()).isEqualTo(BranchEntry.State.FAILED_TO_CONFIRM);
        assertThat(failed.participant(participant).orElseThrow().state()).isEqualTo(ParticipantEntry.State.CANCELLED);
        view("Bob").resolve(name, "seen");
        assertThat(operations.heuristic()).isEmpty();
        assertThat(operations.actions()).extracting(OperatorAction::operator).containsExactly("Ann", "Bob");
    }

    @Test
    void a_flow_that_nobody_ends_is_listed_after_a_while() {
        adapter.close();
        ManualTime time = new ManualTime();
        adapter = TestAdapter.open(settings(directory, coordinator), time);
        Enlisted enlisted = adapter.branches
                .flows()
                .enlist("shop/web lra 1", new LocalParticipant("shop/web", "Account", "freeze", "", ""));
        assertThat(operations.openFlows()).isEmpty();
        time.advance(Duration.ofSeconds(601));

        BranchEntry open = only(operations.openFlows());

        assertThat(open.id()).isEqualTo(enlisted.transaction());
        assertThat(open.xid()).isEmpty();
        assertThat(open.flow()).isEqualTo("shop/web lra 1");
        assertThat(open.state()).isEqualTo(BranchEntry.State.ACTIVE);
        operations.rollbackInDoubt(open.id(), WHY);
        assertThat(operations.openFlows()).isEmpty();
    }

    @Test
    void what_is_refused_has_the_number_that_the_bean_gives() throws XAException {
        adapter.prepared(xid);
        List<Consumer<HoldfastOperations>> tooEarly = new ArrayList<>();
        tooEarly.add(view -> view.retryBranchNow(name));
        tooEarly.add(view -> view.resolveParticipant(name, "p", WHY));
        tooEarly.add(view -> view.forceParticipant(name, "p", WHY));
        tooEarly.add(view -> view.forgetHeuristic(name, WHY));
        tooEarly.add(view -> view.resolve(name, WHY));
        tooEarly.add(view -> view.commitInDoubt("nobody", WHY));

        assertThat(tooEarly).allSatisfy(operation -> assertThatThrownBy(() -> operation.accept(operations))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR034"));

        assertThat(operations.inDoubt()).hasSize(1);
        assertThat(operations.actions()).isEmpty();
    }

    @Test
    void what_is_refused_for_a_participant_is_not_noted_as_done() throws XAException {
        committedWithoutAnswer();

        assertRefused(view -> view.resolveParticipant(name, "nobody", WHY), "no participant nobody");
        assertRefused(view -> view.forceParticipant(name, "nobody", WHY), "no participant nobody");

        assertThat(operations.undelivered()).hasSize(1);
        assertThat(operations.actions()).isEmpty();
    }

    private void assertRefused(Consumer<HoldfastOperations> operation, String why) {
        assertThatThrownBy(() -> operation.accept(operations))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR034")
                .hasMessageContaining(why);
    }

    @Test
    void who_has_answered_already_is_neither_resolved_nor_forced() throws XAException {
        LocalApplications applications = new LocalApplications();
        adapter.close();
        adapter = TestAdapter.open(settings(directory, coordinator), applications);
        Enlisted[] both = enlisted(LocalParticipant.Kind.RESERVATION);
        applications.register(
                "shop/web",
                call -> call.enlisted().equals(both[0]) ? new LocalAnswer.Done() : new LocalAnswer.Failed("locked"));
        adapter.resource().rollback(xid);
        adapter.awaitState(ParticipantState.CANCELLED);

        assertRefused(
                view -> view.resolveParticipant(name, both[0].participant(), WHY), "has answered and is CANCELLED");
        assertRefused(view -> view.forceParticipant(name, both[0].participant(), WHY), "has answered and is CANCELLED");

        assertThat(operations.actions()).isEmpty();
    }

    @Test
    void who_waits_for_another_one_is_not_forced() throws XAException {
        Enlisted[] both = enlisted(LocalParticipant.Kind.ACTION);
        adapter.resource().rollback(xid);

        assertRefused(view -> view.forceParticipant(name, both[0].participant(), WHY), "waits for another one");
        assertThat(operations.actions()).isEmpty();

        operations.resolveParticipant(name, both[1].participant(), WHY);
        operations.forceParticipant(name, both[0].participant(), WHY);
        operations.forceParticipant(name, both[0].participant(), "said again it changes nothing");
        assertThat(operations.actions()).hasSize(3);
    }

    /** Two in a branch that can be rolled back. */
    private Enlisted[] enlisted(LocalParticipant.Kind kind) throws XAException {
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        Enlisted[] both = new Enlisted[2];
        for (int i = 0; i < both.length; i++) {
            both[i] = adapter.branches.enlist(
                    resource.current().orElseThrow(), new LocalParticipant("shop/web", "Account", "pay", "", "", kind));
        }
        resource.end(xid, XAResource.TMSUCCESS);
        return both;
    }

    @Test
    void bad_arguments_are_named_with_their_bounds_and_change_nothing() throws XAException {
        adapter.prepared(xid);

        assertThatThrownBy(() -> view(" "))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR035", "operator", "blank", "1 to 200");
        assertThatThrownBy(() -> view("\0\u0007"))
                .as("nothing of it would be noted")
                .hasMessageContainingAll("HFRAR035", "operator", "blank", "1 to 200");
        assertThatThrownBy(() -> operations.commitInDoubt(name, "\0"))
                .hasMessageContainingAll("HFRAR035", "reason", "blank", "1 to 4000");
        assertThatThrownBy(() -> view("x".repeat(201)))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR035", "operator", "201", "1 to 200");
        assertThatThrownBy(() -> operations.commitInDoubt(name, " "))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR035", "reason", "blank", "1 to 4000");
        assertThatThrownBy(() -> operations.rollbackInDoubt(name, "x".repeat(4001)))
                .hasMessageContainingAll("HFRAR035", "reason", "4001", "1 to 4000");
        assertThatThrownBy(() -> operations.commitInDoubt("no/id", WHY))
                .hasMessageContainingAll("HFRAR035", "branch", "no/id");
        assertThatThrownBy(() -> operations.resolveParticipant(name, "no/id", WHY))
                .hasMessageContainingAll("HFRAR035", "participant", "no/id");
        assertThatThrownBy(() -> operations.find("")).hasMessageContainingAll("HFRAR035", "name", "blank");

        assertThat(operations.inDoubt()).hasSize(1);
        assertThat(operations.actions()).isEmpty();
    }

    @Test
    void what_cannot_be_noted_is_not_done() throws Exception {
        adapter.prepared(xid);
        Files.createDirectory(directory.resolve("operators.txt"));

        assertThatThrownBy(() -> operations.commitInDoubt(name, WHY))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR032");

        assertThat(operations.inDoubt()).hasSize(1);
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).hasSize(1);
    }

    @Test
    void an_adapter_that_has_stopped_says_so_without_telling_what_it_has_done() throws XAException {
        adapter.prepared(xid);
        adapter.branches.engine().close();

        assertThatThrownBy(() -> operations.commitInDoubt(name, WHY))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR038");
    }

    @Test
    void a_note_that_a_crash_has_cut_off_is_shown_as_it_is() throws Exception {
        Files.writeString(
                directory.resolve("operators.txt"), "2026-11-27T10:00:00Z\tAnn\tcom", StandardOpenOption.CREATE);

        assertThat(operations.actions()).containsExactly(new OperatorAction("2026-11-27T10:00:00Z", "Ann", "com", ""));
    }

    @Test
    void what_is_done_after_a_note_that_a_crash_has_cut_off_is_told_under_its_own_operator() throws Exception {
        adapter.prepared(xid);
        Files.writeString(
                directory.resolve("operators.txt"), "2026-11-27T10:00:00Z\tBob\tcom", StandardOpenOption.CREATE);

        operations.rollbackInDoubt(name, WHY);

        assertThat(operations.actions())
                .extracting(OperatorAction::operator, OperatorAction::action, OperatorAction::reason)
                .containsExactly(tuple("Bob", "com", ""), tuple("Ann", "roll back " + name, WHY));
    }

    @Test
    void a_mistake_of_ours_is_not_taken_for_a_refusal() {
        adapter.close();
        ManualTime time = new ManualTime();
        adapter = TestAdapter.open(settings(directory, coordinator), time);
        adapter.branches.flows().enlist("shop/web lra 1", new LocalParticipant("shop/web", "Account", "pay", "", ""));
        time.breakBy(new IllegalStateException("a bug"));
        try {
            assertThatThrownBy(operations::openFlows)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageStartingWith("HFRAR038")
                    .hasMessageContaining("a bug");
        } finally {
            time.breakBy(null);
        }
    }
}
