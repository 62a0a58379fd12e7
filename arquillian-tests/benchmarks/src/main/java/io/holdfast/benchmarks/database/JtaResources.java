package io.holdfast.benchmarks.database;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * What a server's pools do, as far as a relay needs it: one database connection and one session of the broker for each thread, which take part
 * in its JTA transaction; for one database and one broker. Thread-safe.
 */
final class JtaResources {
    private static final ThreadLocal<@Nullable Pooled> CONNECTIONS = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable XAJMSContext> CONTEXTS = new ThreadLocal<>();

    private final TransactionManager manager;

    JtaResources(TransactionManager manager) {
        this.manager = manager;
    }

    /** The connection of a thread, and the transaction that it took part in last. Confined to the thread. */
    private static final class Pooled {
        private final Connection connection;
        private final XAResource resource;
        private @Nullable Transaction last;

        Pooled(Connection connection, XAResource resource) {
            this.connection = connection;
            this.resource = resource;
        }
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws Exception;
    }

    /** With a database that is XA. */
    DataSource source(XADataSource database) {
        return pooled(() -> {
            XAConnection xa = database.getXAConnection();
            return new Pooled(xa.getConnection(), xa.getXAResource());
        });
    }

    /** With one that is not. */
    DataSource source(DataSource database) {
        return pooled(() -> {
            Connection connection = database.getConnection();
            return new Pooled(connection, new LocalResource(connection));
        });
    }

    private DataSource pooled(Opening<Pooled> opening) {
        return answering(DataSource.class, "getConnection", () -> {
            Pooled pooled = CONNECTIONS.get();
            if (pooled == null) {
                pooled = opening.open();
                CONNECTIONS.set(pooled);
            }
            Transaction transaction = manager.getTransaction();
            if (!transaction.equals(pooled.last)) {
                enlist(pooled.resource);
                pooled.last = transaction;
            }
            return keptOpen(Connection.class, pooled.connection);
        });
    }

    /** Contexts stay open when they are closed. */
    ConnectionFactory factory(XAConnectionFactory broker) {
        return answering(ConnectionFactory.class, "createContext", () -> {
            XAJMSContext xa = CONTEXTS.get();
            if (xa == null) {
                xa = broker.createXAContext();
                CONTEXTS.set(xa);
            }
            enlist(xa.getXAResource());
            return keptOpen(JMSContext.class, xa.getContext());
        });
    }

    private void enlist(XAResource resource) throws SQLException {
        try {
            manager.getTransaction().enlistResource(resource);
        } catch (RollbackException | SystemException e) {
            throw new SQLException(e);
        }
    }

    private static <T> T answering(Class<T> type, String method, Opening<?> opening) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (!called.getName().equals(method)) {
                        throw new UnsupportedOperationException(called.toString());
                    }
                    return opening.open();
                }));
    }

    private static <T> T keptOpen(Class<T> type, T open) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return called.invoke(open, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
