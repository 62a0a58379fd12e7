package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be on the disk before somebody is answered or told: the disk hangs at that write. */
class DurabilityTest {
    /** How long nothing may happen. */
    private static final int QUIET_MILLIS = 300;

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final FaultyDisk.Switch disk = new FaultyDisk.Switch();
    private final ExecutorService manager = Executors.newSingleThreadExecutor();
    private final XidValue xid = xid(1);
    private TestAdapter adapter;

    @BeforeEach
    void open(@TempDir Path directory) {
        adapter = TestAdapter.open(settings(directory, coordinator), each -> new FaultyDisk(each, disk));
    }

    @AfterEach
    void close() {
        disk.release();
        manager.shutdownNow();
        adapter.close();
        coordinator.close();
    }

    @Test
    void prepare_answers_only_when_its_vote_is_on_the_disk() throws Exception {
        adapter.work(xid);
        hangAtWrite(1);

        Future<Integer> vote = manager.submit(() -> adapter.resource().prepare(xid));

        assertUnanswered(vote);
        coordinator.awaitCalls("hold", 1);
        disk.release();
        assertThat(answered(vote)).isEqualTo(XAResource.XA_OK);
    }

    @Test
    void commit_answers_and_tells_only_when_its_decision_is_on_the_disk() throws Exception {
        URI lra = adapter.prepared(xid);
        hangAtWrite(1);

        Future<Boolean> commit = manager.submit(ended(() -> adapter.resource().commit(xid, false)));

        assertUnanswered(commit);
        assertThat(coordinator.calls("close")).isZero();
        disk.release();
        assertThat(answered(commit)).isTrue();
        coordinator.awaitStatus(lra, "Closed");
    }

    /** The first write is the beginning of the vote, the second its end and the decision. */
    @Test
    void commit_in_one_phase_answers_and_tells_only_when_its_decision_is_on_the_disk() throws Exception {
        URI lra = adapter.work(xid);
        hangAtWrite(2);

        Future<Boolean> commit = manager.submit(ended(() -> adapter.resource().commit(xid, true)));

        assertUnanswered(commit);
        assertThat(coordinator.calls("close")).isZero();
        disk.release();
        assertThat(answered(commit)).isTrue();
        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void rollback_of_a_prepared_branch_answers_and_tells_only_when_its_decision_is_on_the_disk() throws Exception {
        URI lra = adapter.prepared(xid);
        hangAtWrite(1);

        Future<Boolean> rollback = manager.submit(ended(() -> adapter.resource().rollback(xid)));

        assertUnanswered(rollback);
        assertThat(coordinator.calls("cancel")).isZero();
        disk.release();
        assertThat(answered(rollback)).isTrue();
        coordinator.awaitStatus(lra, "Cancelled");
    }

    /** The first write is the decision, the second the end. */
    @Test
    void the_coordinator_forgets_an_lra_only_when_its_end_is_on_the_disk() throws Exception {
        URI lra = adapter.prepared(xid);
        hangAtWrite(2);
        adapter.resource().commit(xid, false);

        disk.awaitHanging();
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        assertThat(coordinator.calls("forget")).isZero();
        disk.release();
        coordinator.awaitForgotten(lra);
    }

    private void hangAtWrite(int number) {
        adapter.branches.all(tx -> true);
        disk.hangAtWrite(number);
    }

    private void assertUnanswered(Future<?> call) throws InterruptedException {
        disk.awaitHanging();
        assertThatThrownBy(() -> call.get(QUIET_MILLIS, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static <T> T answered(Future<T> call) throws Exception {
        return call.get(FakeCoordinator.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Callable<Boolean> ended(Ending ending) {
        return () -> {
            ending.run();
            return true;
        };
    }

    private interface Ending {
        void run() throws XAException;
    }
}
