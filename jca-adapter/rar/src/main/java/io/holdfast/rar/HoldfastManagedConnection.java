package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.Notification;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the server pools it: an XAResource and the handles given out for it. It holds no socket, so it never breaks.
 * Thread-safe.
 */
public final class HoldfastManagedConnection implements ManagedConnection {
    private final HoldfastResourceAdapter adapter;
    private final Branches branches;
    private final BranchXAResource resource;
    private final Set<ConnectionHandle> handles = ConcurrentHashMap.newKeySet();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable PrintWriter logWriter;
    private volatile boolean destroyed;

    HoldfastManagedConnection(HoldfastResourceAdapter adapter, Branches branches) {
        this.adapter = adapter;
        this.branches = branches;
        this.resource = new BranchXAResource(branches, adapter.surroundings());
    }

    /** Whether the pool may still give it out: not destroyed, and the adapter not stopped or started anew since. */
    boolean isUsable() {
        return !destroyed && !branches.isClosed();
    }

    URI lra(@Nullable Duration limit) {
        return branches.lra(branch(), limit);
    }

    URI nestedLra(URI parent, @Nullable Duration limit) {
        return branches.nestedLra(branch(), parent, limit);
    }

    Enlisted enlist(HttpParticipant participant) {
        return branches.enlist(branch(), participant);
    }

    Enlisted enlist(LocalParticipant participant) {
        return branches.enlist(branch(), participant);
    }

    Enlisted enlist(Notification notification) {
        return branches.enlist(branch(), notification);
    }

    void store(Enlisted participant, String data) {
        branches.store(branch(), participant, data);
    }

    private Branch branch() {
        adapter.checkNotMarkedForRollback();
        return resource.currentOfCaller();
    }

    void closed(ConnectionHandle handle) {
        if (handles.remove(handle)) {
            handle.moveTo(null);
            ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
            event.setConnectionHandle(handle);
            listeners.forEach(listener -> listener.connectionClosed(event));
        }
    }

    @Override
    public HoldfastConnection getConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo info)
            throws ResourceException {
        checkUsable();
        ConnectionHandle handle = new ConnectionHandle(this);
        handles.add(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        checkUsable();
        if (!(connection instanceof ConnectionHandle handle)) {
            throw new ResourceException(AdapterMessage.UNKNOWN_REQUEST.text(connection));
        }
        HoldfastManagedConnection before = handle.connection();
        if (before != null) {
            before.handles.remove(handle);
        }
        handle.moveTo(this);
        handles.add(handle);
    }

    @Override
    public void cleanup() {
        handles.forEach(handle -> handle.moveTo(null));
        handles.clear();
    }

    @Override
    public void destroy() {
        destroyed = true;
        cleanup();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        checkUsable();
        return resource;
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException(AdapterMessage.NO_LOCAL_TRANSACTION.text());
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new MetaData();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    private void checkUsable() throws ResourceException {
        if (!isUsable()) {
            throw new jakarta.resource.spi.IllegalStateException(AdapterMessage.NOT_STARTED.text());
        }
    }

    private static final class MetaData implements ManagedConnectionMetaData {
        @Override
        public String getEISProductName() {
            return "Holdfast";
        }

        @Override
        public String getEISProductVersion() {
            String version = HoldfastManagedConnection.class.getPackage().getImplementationVersion();
            return version == null ? "unknown" : version;
        }

        /** Zero: no limit. */
        @Override
        public int getMaxConnections() {
            return 0;
        }

        @Override
        public String getUserName() {
            return "";
        }
    }
}
