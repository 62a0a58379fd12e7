package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchXAResourceTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final XidValue xid = xid(1);

    private Path directory;
    private TestAdapter adapter;
    private BranchXAResource resource;

    @BeforeEach
    void open(@TempDir Path given) {
        directory = given;
        adapter = TestAdapter.open(settings(directory, coordinator));
        resource = adapter.resource();
    }

    @AfterEach
    void close() {
        adapter.close();
        coordinator.close();
    }

    private void reopen(AdapterSettings settings) {
        adapter.close();
        adapter = TestAdapter.open(settings);
        resource = adapter.resource();
    }

    @Test
    void commit_closes_the_lra_and_then_forgets_it() throws XAException {
        URI lra = adapter.work(xid);

        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertThat(coordinator.isHeld(lra)).isTrue();
        assertThat(coordinator.status(lra)).isEqualTo("Active");
        resource.commit(xid, false);

        coordinator.awaitStatus(lra, "Closed");
        coordinator.awaitForgotten(lra);
        assertThat(coordinator.calls()).containsExactly("start", "hold", "close", "forget");
        adapter.awaitEmptyLog();
    }

    @Test
    void rollback_cancels_the_lra() throws XAException {
        URI lra = adapter.work(xid);

        resource.rollback(xid);

        coordinator.awaitStatus(lra, "Cancelled");
        coordinator.awaitForgotten(lra);
    }

    @Test
    void rollback_after_prepare_cancels_the_lra() throws XAException {
        URI lra = adapter.prepared(xid);

        resource.rollback(xid);

        coordinator.awaitStatus(lra, "Cancelled");
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
    }

    @Test
    void a_transaction_that_never_asks_for_its_lra_is_read_only_and_writes_nothing() throws XAException {
        Map<String, Long> before = files();
        resource.start(xid, XAResource.TMNOFLAGS);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
        resource.start(xid(2), XAResource.TMNOFLAGS);
        resource.end(xid(2), XAResource.TMSUCCESS);
        resource.commit(xid(2), true);
        resource.start(xid(3), XAResource.TMNOFLAGS);
        resource.end(xid(3), XAResource.TMSUCCESS);
        resource.rollback(xid(3));

        assertThat(files()).isEqualTo(before);
        assertThat(coordinator.calls()).isEmpty();
        assertFailsWith(XAException.XAER_NOTA, () -> resource.commit(xid, false));
    }

    @Test
    void an_lra_that_nobody_joined_is_ended_at_prepare_and_the_branch_is_read_only() throws XAException {
        coordinator.withParticipants(0);
        URI lra = adapter.work(xid);

        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);

        coordinator.awaitForgotten(lra);
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
    }

    @Test
    void a_forget_that_is_lost_is_repeated_until_the_coordinator_acknowledges_it() throws XAException {
        URI lra = adapter.prepared(xid);
        coordinator.answer("forget", 503, "");

        resource.commit(xid, false);

        coordinator.awaitCalls("forget", 3);
        assertThat(adapter.branches.engine().list(tx -> true, 9).join()).hasSize(1);
        coordinator.behave();
        coordinator.awaitForgotten(lra);
        adapter.awaitEmptyLog();
    }

    @Test
    void a_coordinator_that_no_longer_knows_the_lra_has_forgotten_it() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("forget", 404, "");

        resource.rollback(xid);

        adapter.awaitEmptyLog();
        assertThat(coordinator.calls("forget")).isEqualTo(1);
    }

    @Test
    void an_empty_lra_whose_close_was_not_answered_is_no_failure_when_the_branch_rolls_back() throws XAException {
        reopen(settings(directory, coordinator.url(), 1000, 0));
        coordinator.withParticipants(0);
        URI lra = adapter.work(xid);
        coordinator.silence("close");
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertThat(coordinator.status(lra)).isEqualTo("Closed");

        resource.rollback(xid);

        coordinator.awaitForgotten(lra);
        adapter.awaitEmptyLog();
    }

    @Test
    void an_empty_lra_whose_forget_is_lost_stays_in_the_branch_until_it_is_forgotten() throws XAException {
        coordinator.withParticipants(0);
        URI lra = adapter.work(xid);
        coordinator.answer("forget", 503, "");
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);

        resource.commit(xid, false);
        coordinator.awaitCalls("forget", 2);
        coordinator.behave();

        coordinator.awaitForgotten(lra);
        adapter.awaitEmptyLog();
        assertThat(coordinator.calls("close")).isEqualTo(1);
    }

    @Test
    void an_lra_that_a_service_has_cancelled_makes_the_vote_a_no() throws XAException {
        URI lra = adapter.work(xid);
        coordinator.end(lra, "Cancelled");

        XAException no = assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));

        assertThat(no).hasMessageContaining(lra.toString());
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertFailsWith(XAException.XAER_NOTA, () -> resource.rollback(xid));
    }

    @Test
    void a_hold_without_an_answer_makes_the_vote_a_no_and_the_lra_is_cancelled() throws XAException {
        reopen(settings(directory, coordinator.url(), 300, 0));
        URI lra = adapter.work(xid);
        coordinator.silence("hold");

        assertFailsWith(XAException.XA_RBCOMMFAIL, () -> resource.prepare(xid));

        coordinator.awaitStatus(lra, "Cancelled");
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
    }

    @Test
    void a_server_that_has_no_coordinator_yet_has_not_answered() throws XAException {
        URI lra = adapter.work(xid);
        coordinator.setAbsent(true);

        assertFailsWith(XAException.XA_RBCOMMFAIL, () -> resource.prepare(xid));
        coordinator.awaitCalls("cancel", 2);
        coordinator.setAbsent(false);

        coordinator.awaitStatus(lra, "Cancelled");
    }

    @Test
    void commit_in_one_phase_holds_decides_and_closes() throws XAException {
        URI lra = adapter.work(xid);

        resource.commit(xid, true);

        coordinator.awaitStatus(lra, "Closed");
        assertThat(coordinator.calls()).startsWith("start", "hold", "close");
    }

    @Test
    void commit_in_one_phase_rolls_back_when_the_lra_is_not_held() throws XAException {
        URI lra = adapter.work(xid);
        coordinator.answer("hold", 412, "Active");

        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.commit(xid, true));

        coordinator.awaitStatus(lra, "Cancelled");
    }

    @Test
    void commit_needs_no_answer_of_the_coordinator_which_is_told_until_it_answers() throws XAException {
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 503, "");

        resource.commit(xid, false);

        coordinator.awaitCalls("close", 3);
        assertThat(coordinator.status(lra)).isEqualTo("Active");
        coordinator.behave();
        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void a_coordinator_that_is_still_closing_is_asked_until_it_has_closed() throws XAException {
        URI lra = adapter.prepared(xid);
        coordinator.answer("close", 202, "Closing");
        coordinator.answer("status", 200, "Closing");

        resource.commit(xid, false);
        coordinator.awaitCalls("status", 2);
        assertThat(coordinator.calls("close")).isEqualTo(1);
        coordinator.end(lra, "Closed");
        coordinator.behave();

        coordinator.awaitForgotten(lra);
    }

    @Test
    void commit_can_be_repeated_until_all_is_delivered() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("close", 503, "");

        resource.commit(xid, false);
        resource.commit(xid, false);

        assertFailsWith(XAException.XAER_PROTO, () -> resource.rollback(xid));
    }

    @Test
    void rollback_can_be_repeated() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("cancel", 503, "");

        resource.rollback(xid);
        resource.rollback(xid);

        assertFailsWith(XAException.XAER_NOTA, () -> resource.rollback(xid));
    }

    @Test
    void an_xid_that_was_never_started_here_is_unknown() {
        assertFailsWith(XAException.XAER_NOTA, () -> resource.prepare(xid));
        assertFailsWith(XAException.XAER_NOTA, () -> resource.commit(xid, false));
        assertFailsWith(XAException.XAER_NOTA, () -> resource.commit(xid, true));
        assertFailsWith(XAException.XAER_NOTA, () -> resource.rollback(xid));
        assertFailsWith(XAException.XAER_NOTA, () -> resource.forget(xid));
        assertFailsWith(XAException.XAER_NOTA, () -> resource.start(xid, XAResource.TMJOIN));
        assertFailsWith(XAException.XAER_NOTA, () -> resource.end(xid, XAResource.TMSUCCESS));
    }

    @Test
    void recover_gives_the_whole_list_at_the_start_of_a_scan_and_nothing_after_it() throws XAException {
        adapter.prepared(xid);
        adapter.prepared(xid(2));
        adapter.work(xid(3));
        int both = XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN;

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).containsExactlyInAnyOrder(xid, xid(2));
        assertThat(resource.recover(XAResource.TMNOFLAGS)).isEmpty();
        assertThat(resource.recover(XAResource.TMENDRSCAN)).isEmpty();
        assertThat(resource.recover(both)).containsExactlyInAnyOrder(xid, xid(2));
        assertThat(resource.recover(XAResource.TMENDRSCAN)).isEmpty();
        assertThat(adapter.resource().recover(both)).hasSize(2);
        assertFailsWith(XAException.XAER_INVAL, () -> resource.recover(XAResource.TMJOIN));
    }

    @Test
    void a_branch_can_be_committed_with_an_xid_of_another_class() throws XAException {
        URI lra = adapter.prepared(xid);
        Xid servers = serversXid(xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());

        resource.commit(servers, false);

        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void resources_of_one_adapter_are_the_same_manager_and_those_of_two_are_not(@TempDir Path second)
            throws XAException {
        try (TestAdapter other = TestAdapter.open(settings(second, coordinator))) {
            assertThat(resource.isSameRM(adapter.resource())).isTrue();
            assertThat(resource.isSameRM(other.resource())).isFalse();
        }
    }

    @Test
    void two_connections_that_join_one_branch_share_its_lra_and_its_vote() throws XAException {
        BranchXAResource second = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        second.start(xid, XAResource.TMJOIN);

        URI lra = adapter.lra(resource);
        assertThat(adapter.lra(second)).isEqualTo(lra);
        resource.end(xid, XAResource.TMSUCCESS);
        assertFailsWith(XAException.XAER_PROTO, () -> resource.prepare(xid));
        second.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        second.commit(xid, false);

        coordinator.awaitStatus(lra, "Closed");
        assertThat(coordinator.calls("hold")).isEqualTo(1);
        assertThat(coordinator.calls("start")).isEqualTo(1);
    }

    @Test
    void a_suspended_branch_makes_room_for_another_and_is_resumed() throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = adapter.lra(resource);
        resource.end(xid, XAResource.TMSUSPEND);
        assertThat(resource.current()).isEmpty();
        resource.start(xid(2), XAResource.TMNOFLAGS);
        assertThat(adapter.lra(resource)).isNotEqualTo(lra);
        resource.end(xid(2), XAResource.TMSUCCESS);
        resource.start(xid, XAResource.TMRESUME);

        assertThat(adapter.lra(resource)).isEqualTo(lra);
    }

    @Test
    void a_branch_is_resumed_and_ended_through_other_connections() throws XAException {
        BranchXAResource second = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        resource.end(xid, XAResource.TMSUSPEND);

        second.start(xid, XAResource.TMRESUME);
        resource.end(xid, XAResource.TMSUCCESS);

        assertThat(second.current()).isEmpty();
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    @Test
    void a_branch_is_ended_by_another_thread() throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = adapter.lra(resource);
        CompletableFuture.runAsync(() -> assertThatCode(() -> resource.end(xid, XAResource.TMSUCCESS))
                        .doesNotThrowAnyException())
                .get(20, TimeUnit.SECONDS);

        assertThat(resource.current()).isEmpty();
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);
        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void an_xid_that_the_server_has_padded_is_recovered_as_it_came() throws XAException {
        Xid padded = new XidValue(131_077, Arrays.copyOf(new byte[] {1, 2}, 64), Arrays.copyOf(new byte[] {3}, 64));
        Xid plain = new XidValue(131_077, new byte[] {1, 2}, new byte[] {3});
        adapter.prepared(XidValue.of(padded));
        reopen(settings(directory, coordinator));

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).containsExactly(padded);
        assertFailsWith(XAException.XAER_NOTA, () -> resource.commit(plain, false));
        resource.commit(padded, false);
    }

    @Test
    @SuppressWarnings("NullAway")
    void an_xid_that_xa_does_not_allow_is_refused() {
        for (Xid bad : List.of(
                serversXid(1, new byte[65], new byte[1]),
                serversXid(1, null, new byte[1]),
                serversXid(-1, new byte[1], new byte[1]))) {
            assertFailsWith(XAException.XAER_INVAL, () -> resource.start(bad, XAResource.TMNOFLAGS));
        }
        assertFailsWith(XAException.XAER_INVAL, () -> resource.start(null, XAResource.TMNOFLAGS));
    }

    private static Xid serversXid(int formatId, byte[] globalTransactionId, byte[] branchQualifier) {
        return new Xid() {
            @Override
            public int getFormatId() {
                return formatId;
            }

            @Override
            public byte[] getGlobalTransactionId() {
                return globalTransactionId;
            }

            @Override
            public byte[] getBranchQualifier() {
                return branchQualifier;
            }
        };
    }

    @Test
    void a_branch_may_end_while_it_is_suspended() throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        resource.end(xid, XAResource.TMSUSPEND);
        resource.end(xid, XAResource.TMSUCCESS);

        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    @Test
    void an_end_with_failure_lets_the_branch_only_roll_back() throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = adapter.lra(resource);
        resource.end(xid, XAResource.TMFAIL);

        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));

        coordinator.awaitStatus(lra, "Cancelled");
    }

    @Test
    void calls_in_a_wrong_order_change_nothing() throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);

        assertFailsWith(XAException.XAER_PROTO, () -> resource.start(xid(2), XAResource.TMNOFLAGS));
        assertFailsWith(XAException.XAER_DUPID, () -> adapter.resource().start(xid, XAResource.TMNOFLAGS));
        assertFailsWith(XAException.XAER_PROTO, () -> adapter.resource().start(xid, XAResource.TMRESUME));
        assertFailsWith(XAException.XAER_INVAL, () -> resource.end(xid, XAResource.TMJOIN));
        assertFailsWith(XAException.XAER_PROTO, () -> resource.forget(xid));
        resource.end(xid, XAResource.TMSUCCESS);
        assertFailsWith(XAException.XAER_PROTO, () -> resource.end(xid, XAResource.TMSUCCESS));
        assertFailsWith(XAException.XAER_PROTO, () -> resource.commit(xid, false));
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    @Test
    void a_coordinator_that_does_not_answer_the_start_lets_the_branch_only_roll_back() throws XAException {
        reopen(settings(directory, coordinator.url(), 300, 0));
        coordinator.silence("start");
        resource.start(xid, XAResource.TMNOFLAGS);

        assertThatThrownBy(() -> adapter.lra(resource))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining(coordinator.url());
        assertThatThrownBy(() -> adapter.lra(resource)).isInstanceOf(HoldfastException.class);
        resource.end(xid, XAResource.TMSUCCESS);
        coordinator.behave();
        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));

        coordinator.awaitAll("Cancelled");
        assertThat(coordinator.lras()).hasSize(1);
    }

    @Test
    void a_coordinator_that_is_not_there_leaves_nothing_to_be_cancelled() throws XAException {
        String nobody = coordinator.url();
        coordinator.close();
        reopen(settings(directory, nobody, 2000, 0));
        resource.start(xid, XAResource.TMNOFLAGS);

        assertThatThrownBy(() -> adapter.lra(resource)).isInstanceOf(HoldfastException.class);
        resource.end(xid, XAResource.TMFAIL);
        resource.rollback(xid);

        assertThat(adapter.branches
                        .engine()
                        .list(tx -> tx.participants().size() > 0, 10)
                        .join())
                .isEmpty();
    }

    @Test
    void commit_reports_a_heuristic_hazard_when_the_lra_fails_to_close_while_it_waits() throws XAException {
        reopen(settings(directory, coordinator.url(), 5000, 20_000));
        adapter.prepared(xid);
        coordinator.answer("close", 200, "FailedToClose");

        assertFailsWith(XAException.XA_HEURHAZ, () -> resource.commit(xid, false));

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        assertFailsWith(XAException.XA_HEURHAZ, () -> resource.commit(xid, false));
        resource.forget(xid);
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertFailsWith(XAException.XAER_NOTA, () -> resource.forget(xid));
    }

    @Test
    void a_failure_after_commit_has_returned_is_for_the_operator_and_not_for_recovery() throws XAException {
        adapter.prepared(xid);
        coordinator.answer("close", 404, "");

        resource.commit(xid, false);
        adapter.branches
                .engine()
                .ended(adapter.branches
                        .engine()
                        .list(tx -> true, 1)
                        .join()
                        .get(0)
                        .id())
                .join();

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(adapter.branches
                        .engine()
                        .list(tx -> tx.state().isFailed(), 10)
                        .join())
                .hasSize(1);
    }

    @Test
    void a_prepared_branch_that_a_person_cancelled_is_reported_as_heuristic() throws XAException {
        adapter.prepared(xid);
        var held = adapter.branches.engine().list(tx -> true, 1).join().get(0);
        adapter.branches.engine().decideByPerson(held.id(), false, "Ann", "why").join();

        assertFailsWith(XAException.XA_HEURRB, () -> resource.commit(xid, false));

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        resource.forget(xid);
        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).isEmpty();
    }

    @Test
    void at_a_foreign_coordinator_prepare_asks_and_commit_closes() throws XAException {
        coordinator.foreign();
        URI lra = adapter.prepared(xid);

        resource.commit(xid, false);

        coordinator.awaitStatus(lra, "Closed");
        adapter.awaitEmptyLog();
        assertThat(coordinator.calls()).containsExactly("start", "status", "status", "close");
    }

    @Test
    void at_a_foreign_coordinator_an_lra_that_ended_before_prepare_makes_the_vote_a_no() throws XAException {
        coordinator.foreign();
        URI lra = adapter.work(xid);
        coordinator.end(lra, "Closed");

        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));
    }

    @Test
    void at_a_foreign_coordinator_a_conflict_after_prepare_is_kept_for_the_operator() throws XAException {
        reopen(settings(directory, coordinator.url(), 5000, 20_000));
        coordinator.foreign();
        URI lra = adapter.prepared(xid);
        coordinator.end(lra, "Cancelled");

        assertFailsWith(XAException.XA_HEURHAZ, () -> resource.commit(xid, false));
    }

    @Test
    void a_closed_adapter_takes_no_calls() throws XAException {
        adapter.prepared(xid);
        adapter.close();

        assertFailsWith(XAException.XAER_RMFAIL, () -> resource.commit(xid, false));
        assertFailsWith(XAException.XAER_RMFAIL, () -> resource.start(xid(2), XAResource.TMNOFLAGS));
        XAException stopped = assertFailsWith(XAException.XAER_RMFAIL, () -> resource.recover(XAResource.TMSTARTRSCAN));
        assertThat(stopped).hasMessageStartingWith("HFRAR007");
    }

    private Map<String, Long> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.collect(Collectors.toMap(file -> String.valueOf(file.getFileName()), file -> {
                try {
                    return Files.size(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
