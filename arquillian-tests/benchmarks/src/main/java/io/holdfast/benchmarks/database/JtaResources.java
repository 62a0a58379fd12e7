package io.holdfast.benchmarks.database;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
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
    private final TransactionManager manager;
    private static final ThreadLocal<@Nullable XAConnection> CONNECTIONS = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable XAJMSContext> CONTEXTS = new ThreadLocal<>();

    JtaResources(TransactionManager manager) {
        this.manager = manager;
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws Exception;
    }

    DataSource source(XADataSource database) {
        return answering(DataSource.class, "getConnection", () -> {
            XAConnection xa = CONNECTIONS.get();
            if (xa == null) {
                xa = database.getXAConnection();
                CONNECTIONS.set(xa);
            }
            Connection connection = xa.getConnection();
            enlist(xa.getXAResource());
            return connection;
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
            return keptOpen(xa.getContext());
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

    private static JMSContext keptOpen(JMSContext context) {
        return (JMSContext) Proxy.newProxyInstance(
                JMSContext.class.getClassLoader(), new Class<?>[] {JMSContext.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return called.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
