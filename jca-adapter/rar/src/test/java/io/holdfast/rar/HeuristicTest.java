package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that are not what the transaction manager decided: reported, durable, and kept until it forgets them. */
class HeuristicTest {
    private static final int WAIT_MILLIS = 20_000;

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;
    private int waitMillis;

    @BeforeEach
    void open(@TempDir Path given) {
        directory = given;
        adapter = TestAdapter.open(settings(directory, coordinator));
    }

    @AfterEach
    void close() {
        adapter.close();
        coordinator.close();
    }

    private void restart() {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, coordinator.url(), 5000, waitMillis));
    }

    private void restartWaitingForParticipants() {
        waitMillis = WAIT_MILLIS;
        restart();
    }

    private Xid[] recovered() throws XAException {
        return adapter.resource().recover(XAResource.TMSTARTRSCAN);
    }

    private void decidedByPerson(boolean commit) {
        Transaction prepared = adapter.branches.all(tx -> true).get(0);
        adapter.branches
                .engine()
                .decideByPerson(prepared.id(), commit, "Ann", "why")
                .join();
    }

    @Test
    void a_persons_rollback_is_told_to_the_manager_that_commits_also_after_restarts() throws XAException {
        URI lra = adapter.prepared(xid);
        decidedByPerson(false);
        coordinator.awaitStatus(lra, "Cancelled");
        restart();

        assertThat(recovered()).containsExactly(xid);
        assertFailsWith(XAException.XA_HEURRB, () -> adapter.resource().commit(xid, false));
        restart();
        assertThat(recovered()).containsExactly(xid);
        assertFailsWith(XAException.XA_HEURRB, () -> adapter.resource().commit(xid, false));
        adapter.resource().forget(xid);

        assertThat(recovered()).isEmpty();
        assertFailsWith(XAException.XAER_NOTA, () -> adapter.resource().forget(xid));
        adapter.awaitEmptyLog();
        restart();
        assertThat(recovered()).isEmpty();
    }

    @Test
    void a_persons_commit_is_told_to_the_manager_that_rolls_back() throws XAException {
        URI lra = adapter.prepared(xid);
        decidedByPerson(true);

        assertFailsWith(XAException.XA_HEURCOM, () -> adapter.resource().rollback(xid));

        coordinator.awaitStatus(lra, "Closed");
        restart();
        assertThat(recovered()).containsExactly(xid);
        adapter.resource().forget(xid);
        adapter.awaitEmptyLog();
    }

    /** A foreign coordinator need not be told to forget, so that nothing else holds the branch back at its end. */
    @Test
    void a_persons_decision_outlives_the_end_of_all_participants() throws XAException {
        coordinator.foreign();
        adapter.prepared(xid);
        Transaction prepared = adapter.branches.all(tx -> true).get(0);
        decidedByPerson(false);
        new Patience(FakeCoordinator.PATIENCE).await(adapter.branches.engine().ended(prepared.id()));
        adapter.awaitIdle();

        assertThat(recovered()).containsExactly(xid);
    }

    @Test
    void a_person_who_decided_as_the_manager_does_is_no_heuristic_outcome() throws XAException {
        adapter.prepared(xid);
        decidedByPerson(true);
        restart();

        assertThat(recovered()).containsExactly(xid);
        adapter.resource().commit(xid, false);

        assertThat(recovered()).isEmpty();
        adapter.awaitEmptyLog();
    }

    @Test
    void a_heuristic_outcome_can_be_forgotten_before_the_manager_tells_its_decision() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("cancel", 503, "");
        decidedByPerson(false);
        adapter.resource().forget(xid);

        assertThat(recovered()).isEmpty();
        coordinator.behave();
        adapter.awaitEmptyLog();
    }

    @Test
    void a_failure_before_commit_was_answered_is_recovered_until_it_is_forgotten_also_after_restarts()
            throws XAException {
        restartWaitingForParticipants();
        adapter.prepared(xid);
        coordinator.answer("close", 200, "FailedToClose");
        assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().commit(xid, false));
        restart();

        assertThat(recovered()).containsExactly(xid);
        assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().commit(xid, false));
        assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().rollback(xid));
        adapter.resource().forget(xid);
        assertThat(recovered()).isEmpty();
        restart();
        assertThat(recovered()).isEmpty();
        assertThat(failed()).hasSize(1);
    }

    /** Wherever the disk fails, the manager is told of no heuristic outcome that recovery would not list after a crash. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_failure_is_told_only_when_it_is_durable(int write, @TempDir Path other) throws XAException {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        AdapterSettings waiting = settings(other, coordinator.url(), 5000, WAIT_MILLIS);
        int answer;
        try (TestAdapter failing = TestAdapter.open(waiting, disk -> new FaultyDisk(disk, fault))) {
            failing.prepared(xid);
            coordinator.answer("close", 200, "FailedToClose");
            fault.failAtWrite(write);
            answer = commit(failing);
        }
        try (TestAdapter after = TestAdapter.open(waiting)) {
            Xid[] listed = after.resource().recover(XAResource.TMSTARTRSCAN);

            switch (answer) {
                case XAException.XA_HEURHAZ -> assertThat(listed).containsExactly(xid);
                case XAResource.XA_OK -> assertThat(listed).isEmpty();
                default -> assertThat(answer).isEqualTo(XAException.XAER_RMFAIL);
            }
            assertThat(commit(after)).as("to a manager that asks again").isEqualTo(XAException.XA_HEURHAZ);
        }
    }

    private int commit(TestAdapter asked) {
        try {
            asked.resource().commit(xid, false);
            return XAResource.XA_OK;
        } catch (XAException told) {
            return told.errorCode;
        }
    }

    @Test
    void a_failure_after_commit_was_answered_stays_with_the_operator_also_after_restarts() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("close", 200, "FailedToClose");
        adapter.resource().commit(xid, false);
        awaitFailure();
        restart();

        assertThat(recovered()).isEmpty();
        assertThat(failed()).hasSize(1);
    }

    /** The manager did not get the answer, else it would not ask again. */
    @Test
    void a_commit_that_is_repeated_after_a_restart_learns_of_the_failure() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("close", 200, "FailedToClose");
        adapter.resource().commit(xid, false);
        awaitFailure();
        restart();

        assertFailsWith(XAException.XAER_PROTO, () -> adapter.resource().rollback(xid));
        assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().commit(xid, false));
        restart();
        assertThat(recovered()).containsExactly(xid);
    }

    /** The manager did not get the answer, and the participant fails only now. */
    @Test
    void a_failure_between_a_restart_and_the_repeated_commit_is_told_and_kept_until_it_is_forgotten()
            throws XAException {
        committedBeforeRestart();
        coordinator.answer("close", 200, "FailedToClose");
        awaitFailure();
        adapter.awaitIdle();

        assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().commit(xid, false));

        assertForgotten();
    }

    @Test
    void a_failure_while_the_repeated_commit_waits_is_told_and_kept_until_it_is_forgotten() throws XAException {
        waitMillis = WAIT_MILLIS;
        committedBeforeRestart();
        CompletableFuture<Integer> commit = CompletableFuture.supplyAsync(() -> commit(adapter));
        coordinator.answer("close", 200, "FailedToClose");

        assertThat(commit.join()).isEqualTo(XAException.XA_HEURHAZ);

        adapter.awaitIdle();
        assertForgotten();
    }

    /** Its participant has not answered yet. */
    private void committedBeforeRestart() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        restart();
    }

    private void assertForgotten() throws XAException {
        assertThat(recovered()).containsExactly(xid);
        adapter.resource().forget(xid);
        assertThat(recovered()).isEmpty();
        restart();
        assertThat(recovered()).isEmpty();
        assertThat(failed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, close, FailedToClose", "false, cancel, FailedToCancel"})
    void a_failure_of_what_a_person_decided_before_is_told_to_the_manager_that_decides_the_same(
            boolean commit, String verb, String status) throws XAException {
        adapter.prepared(xid);
        coordinator.answer(verb, 200, status);
        decidedByPerson(commit);
        awaitFailure();

        assertFailsWith(XAException.XA_HEURHAZ, () -> decide(commit));
        restart();
        assertFailsWith(XAException.XA_HEURHAZ, () -> decide(commit));

        assertForgotten();
    }

    @Test
    void a_failure_of_what_was_cancelled_before_the_vote_is_for_the_operator_alone() throws XAException {
        adapter.work(xid);
        coordinator.answer("cancel", 200, "FailedToCancel");
        Transaction active = adapter.branches.all(tx -> true).get(0);
        adapter.branches.engine().cancel(active.id(), active.owner()).join();
        awaitFailure();

        adapter.resource().rollback(xid);

        assertThat(recovered()).isEmpty();
        assertThat(failed()).hasSize(1);
    }

    private void decide(boolean commit) throws XAException {
        if (commit) {
            adapter.resource().commit(xid, false);
        } else {
            adapter.resource().rollback(xid);
        }
    }

    @Test
    void a_foreign_lra_that_was_closed_before_the_rollback_is_kept_for_the_operator() throws XAException {
        coordinator.foreign();
        URI lra = adapter.work(xid);
        coordinator.end(lra, "Closed");
        assertFailsWith(XAException.XA_RBROLLBACK, () -> adapter.resource().prepare(xid));
        awaitFailure();
        restart();

        assertThat(recovered()).isEmpty();
        assertThat(failed()).extracting(Transaction::state).containsExactly(TransactionState.FAILED_TO_CANCEL);
    }

    /** Narayana's coordinator knows no LRA after its end, however it ended. */
    @Test
    void a_foreign_lra_that_is_gone_before_the_rollback_is_kept_for_the_operator() throws XAException {
        coordinator.foreign();
        adapter.work(xid);
        coordinator.answer("status", 404, "");

        adapter.resource().rollback(xid);

        awaitFailure();
        restart();
        assertThat(failed()).extracting(Transaction::state).containsExactly(TransactionState.FAILED_TO_CANCEL);
    }

    @Test
    void a_foreign_lra_that_was_cancelled_before_the_commit_is_told_to_the_manager_that_waits() throws XAException {
        restartWaitingForParticipants();
        coordinator.foreign();
        URI lra = adapter.prepared(xid);
        coordinator.end(lra, "Cancelled");

        assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().commit(xid, false));

        restart();
        assertThat(recovered()).containsExactly(xid);
        assertThat(failed()).extracting(Transaction::state).containsExactly(TransactionState.FAILED_TO_CONFIRM);
    }

    private List<Transaction> failed() {
        return adapter.branches.all(tx -> tx.state().isFailed());
    }

    private void awaitFailure() {
        Transaction tx = adapter.branches.all(any -> true).get(0);
        new Patience(FakeCoordinator.PATIENCE).await(adapter.branches.engine().ended(tx.id()));
        assertThat(failed()).hasSize(1);
    }
}
