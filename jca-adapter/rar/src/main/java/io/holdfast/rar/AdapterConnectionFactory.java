package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HoldfastOperations;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.LocalRegistration;
import io.holdfast.api.Progress;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.util.function.Predicate;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** What applications find in JNDI. Thread-safe. */
final class AdapterConnectionFactory implements HoldfastConnectionFactory {
    private static final long serialVersionUID = 1;

    private final HoldfastManagedConnectionFactory factory;
    private final ConnectionManager connections;
    private @Nullable Reference reference;

    AdapterConnectionFactory(HoldfastManagedConnectionFactory factory, ConnectionManager connections) {
        this.factory = factory;
        this.connections = connections;
    }

    @Override
    public HoldfastConnection getConnection() {
        try {
            return (HoldfastConnection) connections.allocateConnection(factory, null);
        } catch (ResourceException failed) {
            throw new HoldfastException(AdapterMessage.NO_CONNECTION.text(String.valueOf(failed.getMessage())), failed);
        }
    }

    @Override
    public LocalRegistration register(String application, LocalDispatcher dispatcher) {
        return LocalApplications.OF_ALL_ADAPTERS.register(application, dispatcher);
    }

    @Override
    public Progress progressOf(Enlisted enlisted) {
        return progressOf(enlisted.transaction(), enlisted.participant());
    }

    @Override
    public Progress progressOf(String transaction) {
        return progressOf(transaction, null);
    }

    private Progress progressOf(String transaction, @Nullable String participant) {
        return branches().progressOf(transaction, participant);
    }

    @Override
    public Enlisted enlist(Enlisted beside, LocalParticipant participant) {
        return branches().enlist(beside, participant);
    }

    @Override
    public Enlisted enlist(String flow, LocalParticipant participant) {
        return branches().flows().enlist(flow, participant);
    }

    @Override
    public boolean leave(Enlisted participant) {
        return branches().leave(participant);
    }

    @Override
    public FlowState cancelFlow(String flow, String why) {
        return branches().flows().cancel(flow, why);
    }

    @Override
    public void forgetFlow(String flow) {
        branches().flows().forget(flow);
    }

    @Override
    public String nodeId() {
        return branches().nodeId();
    }

    @Override
    public FlowState endFlow(String flow, boolean confirm) {
        return branches().flows().end(flow, confirm);
    }

    @Override
    public FlowState flowState(String flow) {
        return branches().flows().state(flow);
    }

    @Override
    public void store(Enlisted participant, String data) {
        branches().store(participant, data);
    }

    @Override
    public HoldfastOperations operations(@Nullable String operator, @Nullable Predicate<String> isInRole) {
        return OperatorView.of(this::branches, operator, isInRole);
    }

    private Branches branches() {
        try {
            return factory.branches();
        } catch (ResourceException failed) {
            throw new HoldfastException(AdapterMessage.NO_CONNECTION.text(String.valueOf(failed.getMessage())), failed);
        }
    }

    @Override
    public void setReference(Reference newReference) {
        reference = newReference;
    }

    @Override
    public @Nullable Reference getReference() {
        return reference;
    }
}
