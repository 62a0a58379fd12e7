package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.LocalParticipant;
import jakarta.resource.ResourceException;
import jakarta.transaction.Status;
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

/** An application's mistakes with a connection are told by number, and cost the transaction only what they must. */
class MisuseTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final FakeServer server = new FakeServer(9);
    private final HoldfastResourceAdapter adapter = new HoldfastResourceAdapter();
    private final HoldfastManagedConnectionFactory factory = new HoldfastManagedConnectionFactory();
    private XAResource resource;
    private HoldfastConnection connection;
    private HoldfastManagedConnection managed;

    @BeforeEach
    void start(@TempDir Path directory) throws ResourceException, XAException {
        adapter.setLogDirectory(directory.toString());
        adapter.setCoordinatorUrl(coordinator.url());
        adapter.start(server);
        factory.setResourceAdapter(adapter);
        managed = (HoldfastManagedConnection) factory.createManagedConnection(null, null);
        resource = managed.getXAResource();
        connection = managed.getConnection(null, null);
        server.transactionKey = "transaction one";
        resource.start(xid(1), XAResource.TMNOFLAGS);
    }

    @AfterEach
    void stop() {
        adapter.stop();
        coordinator.close();
    }

    private int endAndPrepare() throws XAException {
        resource.end(xid(1), XAResource.TMSUCCESS);
        return resource.prepare(xid(1));
    }

    @Test
    void a_closed_connection_is_refused_and_the_transaction_can_commit() throws XAException {
        connection.lra();
        connection.close();

        assertThatThrownBy(() -> connection.lra())
                .hasMessageStartingWith("HFRAR008")
                .hasMessageContaining(connection.toString());

        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
    }

    @Test
    void a_connection_after_its_transaction_is_refused_and_the_branch_is_not_touched() throws XAException {
        connection.lra();
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);

        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR009");

        resource.commit(xid(1), false);
        coordinator.awaitAll("Closed");
    }

    /** A server may suspend a transaction without a word to the resources that work in it. */
    @Test
    void a_connection_of_a_suspended_transaction_is_refused_until_that_is_resumed() throws XAException {
        var bean = new LocalParticipant("shop/web", "Account", "freeze", "long", "");
        server.transactionKey = "transaction two";
        assertThatThrownBy(() -> connection.enlist(bean))
                .hasMessageStartingWith("HFRAR009")
                .hasMessageContainingAll(xid(1).toString(), "transaction two");
        server.transactionKey = null;
        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR009");
        assertThat(adapter.surroundings().running().orElseThrow().all(tx -> true))
                .isEmpty();
        server.transactionKey = "transaction one";

        connection.enlist(bean);
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
    }

    @Test
    void nobody_is_enlisted_after_prepare() throws XAException {
        connection.lra();
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);

        assertThatThrownBy(() -> connection.enlist(new LocalParticipant("shop/web", "Account", "freeze", "long", "")))
                .hasMessageStartingWith("HFRAR009");

        resource.commit(xid(1), false);
        coordinator.awaitAll("Closed");
    }

    @Test
    void a_bad_time_limit_is_refused_and_the_transaction_can_commit() throws XAException {
        assertThatThrownBy(() -> connection.lra(Duration.ZERO)).hasMessageStartingWith("HFRAR012");

        connection.lra();
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
    }

    @Test
    void a_transaction_marked_for_rollback_is_not_marked_once_more() throws XAException {
        server.transactionStatus = Status.STATUS_MARKED_ROLLBACK;
        assertThatThrownBy(() -> connection.lra())
                .hasMessageStartingWith("HFRAR010")
                .hasMessageContaining("transaction one");
        server.transactionStatus = Status.STATUS_ACTIVE;

        connection.lra();
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
    }

    @Test
    void an_lra_that_was_not_started_lets_the_transaction_only_roll_back() throws XAException {
        coordinator.answer("start", 503, "");

        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR011");

        XaCodes.assertFailsWith(XAException.XA_RBROLLBACK, this::endAndPrepare);
    }

    @Test
    void a_flushed_pool_leaves_its_branches_to_any_other_connection() throws ResourceException, XAException {
        connection.lra();
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
        managed.destroy();

        XAResource other = factory.createManagedConnection(null, null).getXAResource();
        assertThat(other.recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
        other.commit(xid(1), false);
        coordinator.awaitAll("Closed");
    }

    /** Transaction managers keep the resource of a branch, and servers start the adapter anew when a property changes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_branch_that_was_prepared_before_the_adapter_was_started_anew_ends_by_its_old_resource(boolean commit)
            throws ResourceException, XAException {
        connection.lra();
        assertThat(endAndPrepare()).isEqualTo(XAResource.XA_OK);
        adapter.stop();
        XaCodes.assertFailsWith(XAException.XAER_RMFAIL, () -> resource.commit(xid(1), false));
        XaCodes.assertFailsWith(XAException.XAER_RMFAIL, () -> resource.rollback(xid(1)));
        XaCodes.assertFailsWith(XAException.XAER_RMFAIL, () -> resource.recover(XAResource.TMSTARTRSCAN));
        adapter.start(server);

        assertThat(resource.recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
        if (commit) {
            resource.commit(xid(1), false);
        } else {
            resource.rollback(xid(1));
        }

        coordinator.awaitAll(commit ? "Closed" : "Cancelled");
        XaCodes.assertFailsWith(XAException.XAER_NOTA, () -> resource.forget(xid(2)));
    }
}
