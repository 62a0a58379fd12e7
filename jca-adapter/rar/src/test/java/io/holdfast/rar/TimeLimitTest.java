package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalParticipant;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final ManualTime time = new ManualTime();
    private final XidValue xid = xid(1);
    private TestAdapter adapter;
    private BranchXAResource resource;

    @BeforeEach
    void open(@TempDir Path directory) {
        adapter = TestAdapter.open(settings(directory, coordinator), time);
        resource = adapter.resource();
    }

    @AfterEach
    void close() {
        adapter.close();
        coordinator.close();
    }

    @Test
    void the_lra_has_the_configured_limit_when_the_server_passes_none() throws XAException {
        URI lra = adapter.work(xid);

        assertThat(coordinator.limitMillis(lra)).isEqualTo(300_000);
    }

    @Test
    void the_lra_has_what_is_left_of_the_transactions_time_out() throws XAException {
        assertThat(resource.setTransactionTimeout(20)).isTrue();
        assertThat(resource.getTransactionTimeout()).isEqualTo(20);
        resource.start(xid, XAResource.TMNOFLAGS);
        time.advance(Duration.ofSeconds(5));

        assertThat(coordinator.limitMillis(adapter.lra(resource))).isEqualTo(15_000);
    }

    @Test
    void the_lra_has_the_limit_that_the_application_gives_to_the_first_call() throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);

        URI lra = adapter.lra(resource, Duration.ofMillis(1234));
        adapter.lra(resource, Duration.ofMillis(99));

        assertThat(coordinator.limitMillis(lra)).isEqualTo(1234);
    }

    @Test
    void a_branch_whose_limit_has_passed_rolls_back_and_cancels_its_lra() throws XAException {
        resource.setTransactionTimeout(20);
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = adapter.lra(resource);
        resource.end(xid, XAResource.TMSUCCESS);
        time.advance(Duration.ofSeconds(20));
        coordinator.awaitStatus(lra, "Cancelled");

        assertFailsWith(XAException.XA_RBTIMEOUT, () -> resource.prepare(xid));
    }

    @Test
    void a_branch_whose_limit_has_passed_gives_out_no_lra_any_more() throws XAException {
        resource.setTransactionTimeout(20);
        resource.start(xid, XAResource.TMNOFLAGS);
        time.advance(Duration.ofSeconds(20));

        assertThatThrownBy(() -> adapter.lra(resource))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("time limit");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void a_prepared_branch_has_no_limit() throws XAException {
        resource.setTransactionTimeout(20);
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = adapter.lra(resource);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        time.advance(Duration.ofDays(1));

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
        resource.commit(xid, false);
        coordinator.awaitStatus(lra, "Closed");
    }

    @Test
    void a_negative_time_out_is_refused() {
        assertFailsWith(XAException.XAER_INVAL, () -> resource.setTransactionTimeout(-1));
    }

    private void enlistBean() {
        adapter.branches.enlist(
                resource.current().orElseThrow(), new LocalParticipant("shop/web", "Account", "freeze", "long", ""));
    }

    private int endAndPrepare() throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        return resource.prepare(xid);
    }

    @Test
    void a_participant_gives_a_branch_without_a_time_out_the_configured_limit() throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        enlistBean();
        time.advance(Duration.ofMinutes(5));
        adapter.awaitIdle();

        assertFailsWith(XAException.XA_RBTIMEOUT, this::endAndPrepare);
    }

    @Test
    void a_participant_does_not_shorten_the_transactions_time_out() throws XAException {
        resource.setTransactionTimeout(3600);
        resource.start(xid, XAResource.TMNOFLAGS);
        enlistBean();
        time.advance(Duration.ofSeconds(3599));

        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_limit_that_the_application_gives_to_the_lra_holds_in_whatever_order_it_enlists(boolean beanFirst)
            throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        if (beanFirst) {
            enlistBean();
        }
        URI lra = adapter.lra(resource, Duration.ofHours(1));
        if (!beanFirst) {
            enlistBean();
        }
        time.advance(Duration.ofSeconds(3599));

        assertThat(coordinator.limitMillis(lra)).isEqualTo(3_600_000);
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_short_limit_of_the_lra_is_that_of_the_branch_in_whatever_order_it_enlists(boolean beanFirst)
            throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        if (beanFirst) {
            enlistBean();
        }
        adapter.lra(resource, Duration.ofSeconds(5));
        if (!beanFirst) {
            enlistBean();
        }
        time.advance(Duration.ofSeconds(5));

        assertFailsWith(XAException.XA_RBTIMEOUT, this::endAndPrepare);
    }
}
