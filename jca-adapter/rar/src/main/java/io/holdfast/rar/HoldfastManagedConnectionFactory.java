package io.holdfast.rar;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections for the server's pool (Jakarta Connectors 2.1, 6.5.3). It has no properties of its own and needs no credentials:
 * a Subject, which WildFly passes for recovery, is taken and not looked at.
 */
public final class HoldfastManagedConnectionFactory implements ManagedConnectionFactory, ResourceAdapterAssociation {
    private static final long serialVersionUID = 1;
    /** Loaded together with this class, see {@link #createManagedConnection}. */
    private static final AdapterMessage NOT_STARTED = AdapterMessage.NOT_STARTED;

    private transient volatile @Nullable HoldfastResourceAdapter adapter;
    private transient volatile @Nullable PrintWriter logWriter;

    @Override
    public Object createConnectionFactory(ConnectionManager connections) {
        return new AdapterConnectionFactory(this, connections);
    }

    @Override
    public Object createConnectionFactory() {
        return createConnectionFactory(new UnpooledConnections());
    }

    @Override
    public ManagedConnection createManagedConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo info)
            throws ResourceException {
        HoldfastResourceAdapter current = started();
        // Asked for first: a server that has undeployed the adapter may still ask, when no class can be loaded any
        // more.
        Branches open = current.branches();
        return new HoldfastManagedConnection(current, open);
    }

    /** Those of the adapter as it runs now. */
    Branches branches() throws ResourceException {
        return started().branches();
    }

    private HoldfastResourceAdapter started() throws ResourceException {
        HoldfastResourceAdapter current = adapter;
        if (current == null) {
            throw new jakarta.resource.spi.IllegalStateException(NOT_STARTED.text());
        }
        return current;
    }

    @Override
    public @Nullable ManagedConnection matchManagedConnections(
            @SuppressWarnings("rawtypes") Set candidates,
            @Nullable Subject subject,
            @Nullable ConnectionRequestInfo info) {
        for (Object candidate : candidates) {
            if (candidate instanceof HoldfastManagedConnection connection && connection.isUsable()) {
                return connection;
            }
        }
        return null;
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    /** Called once in a factory's life. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public void setResourceAdapter(ResourceAdapter newAdapter) throws ResourceException {
        if (!(newAdapter instanceof HoldfastResourceAdapter ours)) {
            throw new ResourceException(AdapterMessage.UNKNOWN_REQUEST.text(newAdapter));
        }
        if (adapter != null && adapter != ours) {
            throw new jakarta.resource.spi.IllegalStateException(
                    AdapterMessage.UNKNOWN_REQUEST.text("a second adapter for one factory"));
        }
        adapter = ours;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Equal when they make connections to the same adapter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HoldfastManagedConnectionFactory that && Objects.equals(adapter, that.adapter);
    }

    @Override
    public int hashCode() {
        return HoldfastManagedConnectionFactory.class.hashCode();
    }
}
