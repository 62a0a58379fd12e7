package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HttpParticipant;
import io.holdfast.engine.state.ParticipantState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpParticipantTest {
    private static final String NOBODY = "http://127.0.0.1:9/lra-coordinator";

    private final FakeService service = new FakeService();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;
    private BranchXAResource resource;

    @BeforeEach
    void open(@TempDir Path given) throws XAException {
        directory = given;
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0));
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
    }

    @AfterEach
    void close() {
        adapter.close();
        service.close();
    }

    private Enlisted enlist(HttpParticipant participant) {
        return adapter.branches.enlist(resource.current().orElseThrow(), participant);
    }

    private void commit() throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);
    }

    private void rollback() throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        resource.rollback(xid);
    }

    private void restart() {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0));
    }

    @Test
    void a_commit_confirms_it_once_and_names_it() throws XAException {
        Enlisted enlisted = enlist(service.withStatus());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm");
        assertThat(service.participants()).containsExactly(enlisted.transaction() + " " + enlisted.participant());
    }

    private void forcedToCancel(HttpParticipant participant) throws XAException {
        adapter.close();
        adapter = TestAdapter.open(TestAdapter.patient(directory, NOBODY, 5000));
        resource = adapter.resource();
        XidValue other = xid(2);
        resource.start(other, XAResource.TMNOFLAGS);
        Enlisted enlisted = enlist(participant);
        resource.end(other, XAResource.TMSUCCESS);
        resource.prepare(other);
        service.answers("confirm", 503, "");
        resource.commit(other, false);
        service.awaitCalls(1);
        adapter.bean().forceParticipant(other.toString(), enlisted.participant(), "Ann", "it never confirms");
    }

    @Test
    void one_that_is_forced_to_cancel_is_told_so_and_no_more() throws XAException {
        forcedToCancel(service.withStatus());

        adapter.awaitState(ParticipantState.CANCELLED);
        adapter.awaitFailedToConfirm();
        assertThat(service.calls()).containsExactly("PUT /confirm", "PUT /cancel");
    }

    @Test
    void one_that_is_forced_and_gone_is_not_taken_for_cancelled() throws XAException {
        service.answers("cancel", 410, "");
        forcedToCancel(service.withoutStatus());

        adapter.awaitState(ParticipantState.FAILED_TO_CANCEL);
    }

    @Test
    void a_rollback_cancels_all_beginning_with_the_last() throws XAException {
        enlist(new HttpParticipant(service.at("confirm1"), service.at("cancel1"), null));
        enlist(new HttpParticipant(service.at("confirm2"), service.at("cancel2"), null));
        rollback();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /cancel2", "PUT /cancel1");
    }

    @Test
    void a_commit_in_one_phase_confirms_it() throws XAException {
        enlist(service.withStatus());
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm");
    }

    @Test
    void the_same_addresses_again_are_the_same_participant() throws XAException {
        assertThat(enlist(service.withStatus())).isEqualTo(enlist(service.withStatus()));
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm");
    }

    @Test
    void it_is_durable_when_enlist_returns(@TempDir Path copy) throws IOException {
        enlist(service.withStatus());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(directory.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }

        try (TestAdapter afterCrash = TestAdapter.open(settings(copy, NOBODY, 5000, 0))) {
            afterCrash.awaitEmptyLog();
        }
        assertThat(service.calls()).containsExactly("PUT /cancel");
    }

    @Test
    void a_prepared_branch_confirms_it_after_a_restart() throws XAException {
        enlist(service.withoutStatus());
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        restart();

        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        adapter.resource().commit(xid, false);
        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm");
    }

    @Test
    void an_answer_that_says_nothing_is_followed_by_the_question_for_its_status() throws XAException {
        service.answers("confirm", 500, "FailedToReachTheDatabase").answers("status", 200, "\"Confirmed\"");
        enlist(service.withStatus());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm", "GET /status");
    }

    @Test
    void one_that_does_not_know_of_an_earlier_call_is_told_again() throws XAException {
        service.answers("confirm", 503, "").answers("status", 404, "");
        enlist(service.withStatus());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm", "GET /status", "PUT /confirm");
    }

    @Test
    void one_without_a_status_address_is_told_again() throws XAException {
        service.answers("confirm", 302, "", service.at("elsewhere").toString()).answers("confirm", 404, "");
        enlist(service.withoutStatus());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm", "PUT /confirm", "PUT /confirm");
    }

    @Test
    void one_at_work_is_asked_where_it_says() throws XAException {
        service.answers("confirm", 202, "", "/progress")
                .answers("progress", 200, "Confirming")
                .answers("progress", 200, "Confirmed");
        enlist(service.withStatus());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm", "GET /progress", "GET /progress");
    }

    @Test
    void a_location_at_a_host_that_is_not_allowed_is_not_asked() throws XAException {
        service.answers("confirm", 202, "", "http://example.com/progress").answers("status", 200, "Confirmed");
        enlist(service.withStatus());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /confirm", "GET /status");
    }

    @Test
    void one_that_is_gone_is_done() throws XAException {
        service.answers("cancel", 410, "");
        enlist(service.withStatus());
        rollback();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /cancel");
    }

    @Test
    void a_conflict_is_a_failure_that_stays_for_a_person() throws XAException {
        service.answers("confirm", 409, "the account is closed");
        enlist(service.withStatus());
        commit();

        adapter.awaitFailedToConfirm();
        restart();
        adapter.awaitFailedToConfirm();
        assertThat(service.calls()).containsExactly("PUT /confirm");
    }

    @Test
    void a_body_that_says_failed_is_a_failure() throws XAException {
        service.answers("confirm", 200, "FailedToConfirm");
        enlist(service.withStatus());
        commit();

        adapter.awaitFailedToConfirm();
    }

    @Test
    void one_that_has_done_the_opposite_has_failed() throws XAException {
        service.answers("confirm", 503, "").answers("status", 200, "Cancelled");
        enlist(service.withStatus());
        commit();

        adapter.awaitFailedToConfirm();
    }

    @Test
    void a_body_without_end_is_read_no_further_than_its_beginning() throws XAException {
        service.answers("confirm", 200, "x".repeat(5_000_000));
        enlist(service.withStatus());
        commit();

        adapter.awaitEmptyLog();
    }

    @Test
    void addresses_that_are_not_to_be_called_are_refused_by_name_and_change_nothing() throws XAException {
        URI good = service.at("confirm");
        for (String bad : List.of(
                "http://example.com/confirm",
                "http://127.0.0.1.example.com/confirm",
                "ftp://127.0.0.1/confirm",
                "/confirm",
                "http://user@127.0.0.1/confirm",
                "http://127.0.0.1/confirm#here",
                "http://127.0.0.1:70000/confirm",
                "http://127.0.0.1/" + "x".repeat(2048))) {
            URI address = URI.create(bad);
            assertThatThrownBy(() -> enlist(new HttpParticipant(address, good, null)))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageStartingWith("HFRAR053")
                    .hasMessageContaining("confirm")
                    .hasMessageContaining(bad);
            assertThatThrownBy(() -> enlist(new HttpParticipant(good, address, null)))
                    .hasMessageContaining("cancel address");
            assertThatThrownBy(() -> enlist(new HttpParticipant(good, good, address)))
                    .hasMessageContaining("status address");
        }
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    @Test
    void listed_hosts_are_allowed_as_they_are_written() {
        AllowedHosts hosts = AllowedHosts.parse(" Pay.example.com, *.shop.example,[fd00::7] ");

        assertThat(List.of("pay.EXAMPLE.com", "a.b.shop.example", "[fd00::7]", "localhost", "127.0.0.2", "[::1]"))
                .allMatch(hosts::allow);
        assertThat(List.of("example.com", "shop.example", "evilshop.example", "10.0.0.1", "127.0.0.1.evil.com"))
                .noneMatch(hosts::allow);
        assertThat(AllowedHosts.parse("*").allow("anything.example")).isTrue();
        assertThatThrownBy(() -> AllowedHosts.parse("good.example, http://bad"))
                .hasMessageStartingWith("HFRAR003")
                .hasMessageContaining("http://bad");
    }

    @Test
    void a_failing_disk_leaves_a_transaction_that_can_only_roll_back(@TempDir Path other) throws XAException {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        try (TestAdapter failing =
                TestAdapter.open(settings(other, NOBODY, 5000, 0), disk -> new FaultyDisk(disk, fault))) {
            BranchXAResource failed = failing.resource();
            failed.start(xid, XAResource.TMNOFLAGS);
            Branch branch = failed.current().orElseThrow();
            fault.failFromNowOn();

            assertThatThrownBy(() -> failing.branches.enlist(branch, service.withStatus()))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageStartingWith("HFRAR050");
            failed.end(xid, XAResource.TMSUCCESS);
            assertFailsWith(XAException.XA_RBROLLBACK, () -> failed.prepare(xid));
        }
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void nobody_joins_what_was_rolled_back_meanwhile_and_who_joined_before_is_cancelled() throws XAException {
        Branch branch = resource.current().orElseThrow();
        enlist(service.withStatus());
        adapter.resource().rollback(xid);

        assertThatThrownBy(() -> adapter.branches.enlist(branch, service.withoutStatus()))
                .hasMessageStartingWith("HFRAR010");
        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /cancel");
    }

    /** As a server's time-out does, from another thread. */
    @Test
    void a_rollback_that_comes_while_a_join_is_being_stored_leaves_nobody_behind(@TempDir Path other) throws Exception {
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TestAdapter slow =
                TestAdapter.open(settings(other, NOBODY, 5000, 0), disk -> new FaultyDisk(disk, fault))) {
            BranchXAResource working = slow.resource();
            working.start(xid, XAResource.TMNOFLAGS);
            Branch branch = working.current().orElseThrow();
            fault.hangFromNowOn();
            Future<Enlisted> joining = threads.submit(() -> slow.branches.enlist(branch, service.withStatus()));
            while (branch.enlistment().isEmpty()) {
                Thread.onSpinWait();
            }
            Future<?> rollback = threads.submit(() -> {
                slow.resource().rollback(xid);
                return null;
            });
            while (branch.phase() != Branch.Phase.ROLLED_BACK) {
                Thread.onSpinWait();
            }
            fault.release();

            assertThatThrownBy(() -> joining.get(20, TimeUnit.SECONDS)).hasMessageContaining("HFRAR010");
            rollback.get(20, TimeUnit.SECONDS);
            slow.awaitEmptyLog();
            assertThat(service.calls()).containsExactly("PUT /cancel");
        } finally {
            fault.release();
            threads.shutdownNow();
        }
    }
}
