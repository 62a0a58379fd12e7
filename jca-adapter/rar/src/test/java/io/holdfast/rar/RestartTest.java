package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalParticipant;
import io.holdfast.engine.log.LogUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;

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
        adapter = TestAdapter.open(settings(directory, coordinator));
    }

    @Test
    void a_prepared_branch_is_recovered_and_committed() throws XAException {
        URI lra = adapter.prepared(xid);
        restart();

        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        assertThat(coordinator.status(lra)).isEqualTo("Active");
        adapter.resource().commit(xid, false);

        coordinator.awaitForgotten(lra);
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
    }

    @Test
    void a_prepared_branch_is_recovered_and_rolled_back() throws XAException {
        URI lra = adapter.prepared(xid);
        restart();

        adapter.resource().rollback(xid);

        coordinator.awaitStatus(lra, "Cancelled");
    }

    @Test
    void an_undecided_branch_is_not_recovered_and_its_lra_is_cancelled() throws XAException {
        URI lra = adapter.work(xid);
        restart();

        coordinator.awaitStatus(lra, "Cancelled");
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertFailsWith(XAException.XAER_NOTA, () -> adapter.resource().prepare(xid));
    }

    @Test
    void an_lra_whose_start_was_never_answered_is_found_by_its_token_and_cancelled() throws XAException {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, coordinator.url(), 300, 0));
        coordinator.silence("start");
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        assertThatThrownBy(() -> adapter.lra(resource)).isInstanceOf(HoldfastException.class);
        coordinator.behave();
        restart();

        coordinator.awaitAll("Cancelled");
        assertThat(coordinator.lras()).hasSize(1);
    }

    @Test
    void a_decision_that_was_not_delivered_is_delivered_after_the_restart() throws XAException {
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 503, "");
        adapter.resource().commit(xid, false);
        restart();
        coordinator.awaitCalls("close", 2);
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        adapter.resource().commit(xid, false);
        coordinator.behave();

        coordinator.awaitForgotten(lra);
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
    }

    @Test
    void a_refused_branch_is_not_recovered_and_its_lra_is_cancelled_over_the_restart() throws XAException {
        URI lra = adapter.work(xid);
        coordinator.answer("hold", 412, "");
        coordinator.answer("cancel", 503, "");
        assertFailsWith(XAException.XA_RBROLLBACK, () -> adapter.resource().prepare(xid));
        restart();

        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        coordinator.behave();
        coordinator.awaitStatus(lra, "Cancelled");
    }

    @Test
    void an_lra_that_was_not_forgotten_before_the_restart_is_forgotten_after_it() throws XAException {
        URI lra = adapter.prepared(xid);
        coordinator.answer("forget", 503, "");
        adapter.resource().commit(xid, false);
        coordinator.awaitCalls("forget", 1);
        restart();
        coordinator.behave();

        coordinator.awaitForgotten(lra);
        adapter.awaitEmptyLog();
        assertThat(coordinator.calls("close")).isEqualTo(1);
    }

    @Test
    void a_directory_that_another_adapter_uses_is_refused() {
        assertThatThrownBy(
                        () -> TestAdapter.open(settings(directory, coordinator)).close())
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void a_disk_that_fails_makes_prepare_and_commit_report_a_failed_resource_manager(@TempDir Path other)
            throws XAException {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        try (TestAdapter failing =
                TestAdapter.open(settings(other, coordinator), disk -> new FaultyDisk(disk, fault))) {
            failing.prepared(xid);
            failing.work(xid(2));
            fault.failFromNowOn();

            assertFailsWith(XAException.XAER_RMFAIL, () -> failing.resource().commit(xid, false));
            assertFailsWith(XAException.XAER_RMFAIL, () -> failing.resource().prepare(xid(2)));
        }
        assertThat(coordinator.calls("close")).isZero();
        try (TestAdapter restarted = TestAdapter.open(settings(other, coordinator))) {
            assertThat(restarted.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        }
    }

    @Test
    void a_commit_in_one_phase_that_cannot_be_stored_is_a_rollback_and_the_lra_is_cancelled(@TempDir Path other)
            throws XAException {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        URI lra;
        try (TestAdapter failing = impatient(other, fault)) {
            lra = worked(failing);
            fault.failFromNowOn();

            assertFailsWith(XAException.XA_RBROLLBACK, () -> failing.resource().commit(xid, true));
        }
        try (TestAdapter restarted = TestAdapter.open(settings(other, coordinator))) {
            assertThat(restarted.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
            coordinator.awaitStatus(lra, "Cancelled");
        }
    }

    /** The first write is the beginning of the vote, the second its end and the decision. */
    @Test
    void a_commit_in_one_phase_whose_decision_is_perhaps_on_the_disk_has_an_unknown_outcome(@TempDir Path other)
            throws XAException {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        try (TestAdapter failing = impatient(other, fault)) {
            URI lra = worked(failing);
            fault.failAtWrite(2);

            assertFailsWith(XAException.XA_HEURHAZ, () -> failing.resource().commit(xid, true));

            assertThat(coordinator.isHeld(lra)).isTrue();
            assertThat(coordinator.status(lra)).isEqualTo("Active");
        }
    }

    @Test
    void a_commit_in_one_phase_on_a_disk_that_hangs_is_a_rollback_whatever_is_written_later(@TempDir Path other)
            throws Exception {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        try (TestAdapter hanging = impatient(other, fault)) {
            URI lra = worked(hanging);
            try (HangingWrite somebody = new HangingWrite(hanging, fault)) {
                assertThat(somebody).isNotNull();
                assertFailsWith(
                        XAException.XA_RBROLLBACK, () -> hanging.resource().commit(xid, true));
            }

            coordinator.awaitStatus(lra, "Cancelled");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_branch_whose_first_write_outlasts_all_patience_is_cancelled_when_it_is_there_after_all(
            boolean prepare, @TempDir Path other) throws Exception {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        LocalApplications applications = new LocalApplications();
        BlockingQueue<LocalCall> told = new LinkedBlockingQueue<>();
        applications.register("shop/web", call -> {
            told.add(call);
            return new LocalAnswer.Done();
        });
        AdapterSettings impatient =
                settings(other, coordinator.url(), 1000, 0).withDiskPatience(Duration.ofMillis(300));
        try (TestAdapter hanging = TestAdapter.open(impatient, applications, disk -> new FaultyDisk(disk, fault))) {
            BranchXAResource resource = hanging.resource();
            resource.start(xid, XAResource.TMNOFLAGS);
            try (HangingWrite somebody = new HangingWrite(hanging, fault)) {
                assertThat(somebody).isNotNull();
                LocalParticipant bean = new LocalParticipant("shop/web", "Account", "freeze", "long", "");
                assertThatThrownBy(
                                () -> hanging.branches.enlist(resource.current().orElseThrow(), bean))
                        .isInstanceOf(HoldfastException.class);
                resource.end(xid, XAResource.TMSUCCESS);
                if (prepare) {
                    assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));
                } else {
                    resource.rollback(xid);
                }
            }

            hanging.awaitEmptyLog();
            assertThat(told).allMatch(call -> call.decision() == LocalCall.Decision.CANCEL);
        }
    }

    @Test
    void a_commit_in_one_phase_that_finds_the_adapter_stopped_is_a_rollback() throws XAException {
        URI lra = adapter.work(xid);
        BranchXAResource resource = adapter.resource();
        adapter.close();

        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.commit(xid, true));

        restart();
        coordinator.awaitStatus(lra, "Cancelled");
    }

    private TestAdapter impatient(Path other, FaultyDisk.Switch fault) {
        AdapterSettings settings = settings(other, coordinator.url(), 1000, 0).withDiskPatience(Duration.ofMillis(500));
        return TestAdapter.open(settings, disk -> new FaultyDisk(disk, fault));
    }

    /** Works and waits until all of it is on the disk. */
    private URI worked(TestAdapter working) throws XAException {
        URI lra = working.work(xid);
        working.branches.engine().list(tx -> true, 1).join();
        return lra;
    }
}
