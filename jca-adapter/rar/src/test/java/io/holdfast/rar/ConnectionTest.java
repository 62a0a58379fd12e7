package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.LocalRegistration;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.transaction.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final FakeServer server = new FakeServer(9);
    private final HoldfastResourceAdapter adapter = new HoldfastResourceAdapter();
    private final HoldfastManagedConnectionFactory factory = new HoldfastManagedConnectionFactory();
    private HoldfastManagedConnection managed;
    private HoldfastConnection connection;

    @BeforeEach
    void start(@TempDir Path directory) throws ResourceException {
        adapter.setLogDirectory(directory.toString());
        adapter.setCoordinatorUrl(coordinator.url());
        adapter.start(server);
        factory.setResourceAdapter(adapter);
        managed = (HoldfastManagedConnection) factory.createManagedConnection(null, null);
        connection = managed.getConnection(null, null);
    }

    @AfterEach
    void stop() {
        adapter.stop();
        coordinator.close();
    }

    @Test
    void inside_a_transaction_every_handle_gives_the_same_lra() throws ResourceException, XAException {
        managed.getXAResource().start(xid(1), XAResource.TMNOFLAGS);

        URI lra = connection.lra();

        assertThat(lra.toString()).startsWith(coordinator.url());
        assertThat(managed.getConnection(null, null).lra()).isEqualTo(lra);
        assertThat(connection.lra(Duration.ofSeconds(1))).isEqualTo(lra);
    }

    @Test
    void outside_a_transaction_there_is_no_lra() {
        assertThatThrownBy(() -> connection.lra())
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR009");
    }

    @Test
    void outside_a_transaction_nobody_is_enlisted() {
        HttpParticipant service =
                new HttpParticipant(URI.create("http://localhost/1"), URI.create("http://localhost/2"), null);
        LocalParticipant bean = new LocalParticipant("application", "bean", "method", "", "");

        assertThatThrownBy(() -> connection.enlist(service)).hasMessageStartingWith("HFRAR009");
        assertThatThrownBy(() -> connection.enlist(bean)).hasMessageStartingWith("HFRAR009");
        assertThatThrownBy(() -> connection.store(new Enlisted("t", "p"), "")).hasMessageStartingWith("HFRAR009");
    }

    @Test
    void participants_and_the_lra_of_a_transaction_have_one_outcome() throws Exception {
        BlockingQueue<LocalCall> told = new LinkedBlockingQueue<>();
        HoldfastConnectionFactory connections = (HoldfastConnectionFactory) factory.createConnectionFactory();
        try (FakeService service = new FakeService();
                LocalRegistration registration = connections.register("application", call -> {
                    told.add(call);
                    return new LocalAnswer.Done();
                })) {
            managed.getXAResource().start(xid(1), XAResource.TMNOFLAGS);
            Enlisted bean = connection.enlist(new LocalParticipant("application", "bean", "method", "", "1"));
            Enlisted other = connection.enlist(service.withStatus());
            URI lra = connection.lra();
            connection.store(bean, "2");
            managed.getXAResource().end(xid(1), XAResource.TMSUCCESS);
            assertThat(managed.getXAResource().prepare(xid(1))).isEqualTo(XAResource.XA_OK);
            managed.getXAResource().commit(xid(1), false);

            assertThat(other.transaction()).isEqualTo(bean.transaction());
            assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
            service.awaitCalls(1);
            coordinator.awaitStatus(lra, "Closed");
            assertThat(registration).isNotNull();
        }
    }

    @Test
    void a_bean_for_which_the_server_has_no_thread_is_told_when_it_has_one() throws Exception {
        BlockingQueue<LocalCall> told = new LinkedBlockingQueue<>();
        HoldfastConnectionFactory connections = (HoldfastConnectionFactory) factory.createConnectionFactory();
        server.rejectsScheduled = true;
        try (LocalRegistration registration = connections.register("application", call -> {
            told.add(call);
            return new LocalAnswer.Done();
        })) {
            managed.getXAResource().start(xid(1), XAResource.TMNOFLAGS);
            connection.enlist(new LocalParticipant("application", "bean", "method", "", ""));
            managed.getXAResource().end(xid(1), XAResource.TMSUCCESS);
            managed.getXAResource().commit(xid(1), true);
            assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
            server.rejectsScheduled = false;

            assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(registration).isNotNull();
        }
    }

    @Test
    void a_transaction_that_is_marked_for_rollback_gets_no_lra() throws ResourceException, XAException {
        managed.getXAResource().start(xid(1), XAResource.TMNOFLAGS);
        server.transactionStatus = Status.STATUS_MARKED_ROLLBACK;

        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR010");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void a_transaction_that_was_rolled_back_meanwhile_gets_no_lra() throws ResourceException, XAException {
        managed.getXAResource().start(xid(1), XAResource.TMNOFLAGS);
        connection.lra();
        new BranchXAResource(adapter.branches()).rollback(xid(1));

        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR009");
    }

    @Test
    void a_time_limit_below_a_millisecond_is_refused() {
        assertThatThrownBy(() -> connection.lra(Duration.ZERO)).hasMessageStartingWith("HFRAR012");
        assertThatThrownBy(() -> connection.lra(Duration.ofDays(10_000))).hasMessageStartingWith("HFRAR012");
    }

    @Test
    void a_closed_handle_is_refused_while_the_others_go_on() throws ResourceException, XAException {
        List<Object> closed = new ArrayList<>();
        managed.addConnectionEventListener(new Closings(closed));
        HoldfastConnection second = managed.getConnection(null, null);
        managed.getXAResource().start(xid(1), XAResource.TMNOFLAGS);
        connection.close();
        connection.close();

        assertThat(closed).containsExactly(connection);
        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR008");
        assertThat(second.lra()).isNotNull();
    }

    @Test
    void a_handle_moves_to_another_connection() throws ResourceException, XAException {
        HoldfastManagedConnection other = (HoldfastManagedConnection) factory.createManagedConnection(null, null);
        other.getXAResource().start(xid(1), XAResource.TMNOFLAGS);

        other.associateConnection(connection);
        managed.cleanup();

        assertThat(connection.lra()).isNotNull();
        other.cleanup();
        assertThatThrownBy(() -> connection.lra()).hasMessageStartingWith("HFRAR008");
        assertThatThrownBy(() -> other.associateConnection("a text")).isInstanceOf(ResourceException.class);
    }

    @Test
    void recovery_gets_a_connection_with_credentials_or_without() throws ResourceException, XAException {
        XAResource recovering =
                factory.createManagedConnection(new Subject(), null).getXAResource();

        assertThat(recovering.recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(recovering.isSameRM(managed.getXAResource())).isTrue();
    }

    @Test
    void the_pool_gets_back_what_is_still_usable() throws ResourceException {
        assertThat(factory.matchManagedConnections(Set.of(managed), null, null)).isSameAs(managed);
        managed.destroy();

        assertThat(factory.matchManagedConnections(Set.of(managed), null, null)).isNull();
        assertThatThrownBy(() -> managed.getConnection(null, null)).isInstanceOf(ResourceException.class);
        assertThatThrownBy(() -> managed.getXAResource()).isInstanceOf(ResourceException.class);
    }

    @Test
    void a_connection_of_a_stopped_adapter_is_not_usable_even_when_it_runs_again() throws ResourceException {
        adapter.stop();
        assertThatThrownBy(() -> factory.createManagedConnection(null, null)).hasMessageContaining("HFRAR007");
        adapter.start(server);

        assertThat(factory.matchManagedConnections(Set.of(managed), null, null)).isNull();
        assertThat(factory.createManagedConnection(null, null)).isNotNull();
    }

    @Test
    void local_transactions_are_not_supported() {
        assertThatThrownBy(() -> managed.getLocalTransaction()).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void an_application_outside_a_server_gets_connections_that_belong_to_no_transaction() {
        HoldfastConnectionFactory connections = (HoldfastConnectionFactory) factory.createConnectionFactory();

        try (HoldfastConnection own = connections.getConnection()) {
            assertThatThrownBy(own::lra).hasMessageStartingWith("HFRAR009");
        }
    }

    @Test
    void factories_of_one_adapter_are_equal() throws ResourceException {
        HoldfastManagedConnectionFactory second = new HoldfastManagedConnectionFactory();
        assertThat(second).isNotEqualTo(factory);
        second.setResourceAdapter(adapter);

        assertThat(second).isEqualTo(factory).hasSameHashCodeAs(factory);
        assertThatThrownBy(() -> second.setResourceAdapter(new HoldfastResourceAdapter()))
                .isInstanceOf(ResourceException.class);
    }

    private record Closings(List<Object> handles) implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            handles.add(event.getConnectionHandle());
        }

        @Override
        public void localTransactionStarted(ConnectionEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            throw new UnsupportedOperationException();
        }
    }
}
