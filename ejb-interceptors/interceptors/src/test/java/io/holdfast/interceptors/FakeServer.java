package io.holdfast.interceptors;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HoldfastOperations;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.LocalRegistration;
import io.holdfast.api.Notification;
import io.holdfast.api.Progress;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** JNDI, a transaction registry and an adapter in one; a single thread. */
final class FakeServer implements Directory {
    static final URI LRA = URI.create("http://127.0.0.1:8080/lra-coordinator/lra-coordinator/1");

    final Map<String, Object> jndi = new HashMap<>();
    final Map<Object, Object> resources = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    int status = Status.STATUS_NO_TRANSACTION;
    int openConnections;
    /** The transaction's, as the adapter gives it. */
    URI lra = LRA;
    /** Why no nested LRA is started; null to start it. */
    @Nullable
    HoldfastException refusal;

    FakeServer() {
        jndi.put("java:comp/TransactionSynchronizationRegistry", new Registry());
        jndi.put("java:comp/env/eis/holdfast", new Factory());
    }

    static String nestedIn(String parent) {
        return LRA + "?ParentLRA=" + URLEncoder.encode(parent, StandardCharsets.UTF_8);
    }

    void begin() {
        status = Status.STATUS_ACTIVE;
        resources.clear();
    }

    @Override
    public Object find(String name) throws NamingException {
        Object found = jndi.get(name);
        if (found == null) {
            throw new NameNotFoundException(name);
        }
        return found;
    }

    private final class Registry implements TransactionSynchronizationRegistry {
        @Override
        public Object getTransactionKey() {
            return resources;
        }

        @Override
        public void putResource(Object key, Object value) {
            requireTransaction();
            resources.put(key, value);
        }

        @Override
        public @Nullable Object getResource(Object key) {
            requireTransaction();
            return resources.get(key);
        }

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getTransactionStatus() {
            return status;
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public boolean getRollbackOnly() {
            return status == Status.STATUS_MARKED_ROLLBACK;
        }

        private void requireTransaction() {
            if (status == Status.STATUS_NO_TRANSACTION) {
                throw new IllegalStateException("no transaction");
            }
        }
    }

    final class Factory implements HoldfastConnectionFactory {
        private @Nullable Reference reference;

        @Override
        public HoldfastConnection getConnection() {
            openConnections++;
            return new Connection();
        }

        @Override
        public LocalRegistration register(String application, LocalDispatcher dispatcher) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HoldfastOperations operations(String operator, Predicate<String> isInRole) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Progress progressOf(Enlisted enlisted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Enlisted enlist(String flow, LocalParticipant participant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean leave(Enlisted participant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FlowState cancelFlow(String flow, String why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forgetFlow(String flow) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String nodeId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FlowState endFlow(String flow, boolean confirm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FlowState flowState(String flow) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Enlisted enlist(Enlisted beside, LocalParticipant participant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Progress progressOf(String transaction) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void store(Enlisted participant, String data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setReference(Reference reference) {
            this.reference = reference;
        }

        @Override
        public @Nullable Reference getReference() {
            return reference;
        }
    }

    private final class Connection implements HoldfastConnection {
        @Override
        public URI lra() {
            asked.add("default limit");
            return lra;
        }

        @Override
        public URI lra(Duration timeLimit) {
            asked.add(timeLimit.toString());
            return lra;
        }

        @Override
        public URI nestedLra(URI parent) {
            asked.add("nested in " + parent + ", default limit");
            return nested(parent);
        }

        @Override
        public URI nestedLra(URI parent, Duration timeLimit) {
            asked.add("nested in " + parent + ", " + timeLimit);
            return nested(parent);
        }

        private URI nested(URI parent) {
            if (refusal != null) {
                throw refusal;
            }
            lra = URI.create(nestedIn(parent.toString()));
            return lra;
        }

        @Override
        public Enlisted enlist(HttpParticipant participant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Enlisted enlist(LocalParticipant participant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Enlisted enlist(Notification notification) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void store(Enlisted participant, String data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            openConnections--;
        }
    }
}
