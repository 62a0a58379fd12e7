package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.state.TransactionId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JTA transaction and an LRA with one outcome: what is durable when, and who waits for what. */
class BridgeTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final FaultyDisk.Switch disk = new FaultyDisk.Switch();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;

    @BeforeEach
    void open(@TempDir Path given) {
        directory = given;
        open(0);
    }

    private void open(int waitMillis) {
        adapter = TestAdapter.open(
                settings(directory, coordinator.url(), 5000, waitMillis), each -> new FaultyDisk(each, disk));
    }

    private void reopen(int waitMillis) {
        adapter.close();
        open(waitMillis);
    }

    @AfterEach
    void close() {
        adapter.close();
        coordinator.close();
    }

    @Test
    void the_first_request_for_the_lra_costs_one_forced_write() throws XAException {
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        int before = disk.forces();

        adapter.lra(resource);

        assertThat(disk.forces()).isEqualTo(before + 1);
    }

    /** Its end is durable with whatever is forced next, or when its outcome need not be asked for any more. */
    @Test
    void a_transaction_with_an_lra_costs_three_forced_writes() throws XAException {
        adapter.close();
        adapter = TestAdapter.open(
                TestAdapter.retaining(directory, coordinator.url()), each -> new FaultyDisk(each, disk));
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        int before = disk.forces();

        URI lra = adapter.lra(resource);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        resource.commit(xid, false);
        TransactionId id =
                adapter.branches.engine().list(tx -> true, 1).join().get(0).id();
        coordinator.awaitStatus(lra, "Closed");
        new Patience(FakeCoordinator.PATIENCE).await(adapter.branches.engine().ended(id, ended -> false));

        assertThat(disk.forces()).as("the intent, the vote and the decision").isEqualTo(before + 3);
    }

    /** A foreign coordinator knows nothing of it afterwards, so that a close that is repeated after a crash could not tell how it ended. */
    @Test
    void the_end_of_a_foreign_lra_is_forced() throws XAException {
        coordinator.foreign();
        adapter.close();
        adapter = TestAdapter.open(
                TestAdapter.retaining(directory, coordinator.url()), each -> new FaultyDisk(each, disk));
        URI lra = adapter.prepared(xid);
        int before = disk.forces();
        adapter.resource().commit(xid, false);
        coordinator.awaitStatus(lra, "Closed");

        long end = System.nanoTime() + FakeCoordinator.PATIENCE.toNanos();
        while (disk.forces() < before + 2) {
            assertThat(System.nanoTime()).as("for the decision and the end").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void no_lra_is_started_when_the_intent_cannot_be_stored() throws XAException {
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        disk.failFromNowOn();

        assertThatThrownBy(() -> adapter.lra(resource)).isInstanceOf(HoldfastException.class);

        resource.end(xid, XAResource.TMSUCCESS);
        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void commit_that_waits_returns_when_the_lra_is_closed() throws XAException {
        reopen(20_000);
        URI lra = adapter.prepared(xid);

        adapter.resource().commit(xid, false);

        assertThat(coordinator.status(lra)).isEqualTo("Closed");
    }

    @Test
    void commit_waits_no_longer_than_told_and_the_delivery_goes_on() throws XAException {
        reopen(200);
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        long began = System.nanoTime();

        adapter.resource().commit(xid, false);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
        assertThat(coordinator.status(lra)).isEqualTo("Active");
        coordinator.behave();
        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void a_foreign_coordinator_is_always_given_a_time_limit() throws XAException {
        coordinator.foreign();
        URI lra = adapter.work(xid);

        assertThat(coordinator.limitMillis(lra)).isEqualTo(300_000);
    }

    @Test
    void an_answer_without_end_is_read_no_further_than_its_beginning() throws XAException {
        BranchXAResource resource = adapter.resource();
        URI lra = adapter.work(xid);
        coordinator.answerWithoutEnd("hold", 200, "{\"participants\": 1, \"listeners\": 0, \"nested\": 0}");

        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);

        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void what_is_asked_for_after_prepare_is_refused_and_the_branch_stays_prepared() throws XAException {
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = adapter.lra(resource);
        Branch branch = resource.current().orElseThrow();
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);

        assertThatThrownBy(() -> adapter.branches.lra(branch, null))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR010", "PREPARED");
        assertThat(branch.rollbackCause()).isEmpty();
        resource.commit(xid, false);
        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void a_rollback_that_cannot_be_stored_can_be_repeated_after_a_restart() throws XAException {
        URI lra = adapter.prepared(xid);
        disk.failFromNowOn();

        assertFailsWith(XAException.XAER_RMFAIL, () -> adapter.resource().rollback(xid));

        adapter.close();
        adapter = TestAdapter.open(settings(directory, coordinator));
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        adapter.resource().rollback(xid);
        coordinator.awaitStatus(lra, "Cancelled");
    }
}
