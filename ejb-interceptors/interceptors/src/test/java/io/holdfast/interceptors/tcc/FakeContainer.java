package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.Directory;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A server with one database: JTA transactions of its threads, each with a connection of its own, and an adapter that the test plays.
 * Thread-safe.
 */
final class FakeContainer extends OwnTransaction implements Directory, AutoCloseable {
    /** What the test does in the adapter's place. */
    interface Adapter {
        /** @param caller the transaction that the participant belongs to */
        Enlisted enlist(Jta caller, LocalParticipant participant);

        void store(Enlisted participant, String data);
    }

    /** Where a transaction of its own can be interrupted. */
    enum Moment {
        /** What surrounds it is still the thread's, and nothing was done. */
        BEGINS,
        /** All is done and nothing has committed. */
        ACTED,
        /** It has committed, and nobody knows yet. */
        COMMITTED
    }

    /** What it throws is thrown in the place of the moment, as by a connection that is lost. */
    @FunctionalInterface
    interface Interruption {
        void at(Moment moment) throws Exception;
    }

    /** A transaction; confined to its thread. */
    static final class Jta {
        private final Map<Object, Object> resources = new HashMap<>();
        private final @Nullable Jta suspended;
        private int status = Status.STATUS_ACTIVE;
        private @Nullable Connection connection;

        private Jta(@Nullable Jta suspended) {
            this.suspended = suspended;
        }

        boolean canCommit() {
            return status == Status.STATUS_ACTIVE;
        }

        /** The server rolls it back, whatever its thread does meanwhile. */
        void timeOut() {
            status = Status.STATUS_ROLLEDBACK;
        }
    }

    private final DataSource database;
    private final Adapter adapter;
    private final Map<Thread, Jta> current = new ConcurrentHashMap<>();
    private final Map<Thread, Interruption> next = new ConcurrentHashMap<>();
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    FakeContainer(DataSource database, Adapter adapter) {
        this.database = database;
        this.adapter = adapter;
    }

    /** The next transaction of its own that this thread begins is interrupted. */
    void interruptNext(Interruption interruption) {
        next.put(Thread.currentThread(), interruption);
    }

    /** Begins one on this thread; one that is there is suspended until this ends. */
    Jta begin() {
        Jta begun = new Jta(current.get(Thread.currentThread()));
        current.put(Thread.currentThread(), begun);
        return begun;
    }

    /** Of a transaction that this thread has begun; rolls back unless it can commit. */
    void end(Jta begun) throws SQLException {
        try {
            end(begun, begun.canCommit());
        } finally {
            resume(begun.suspended);
        }
    }

    @Override
    public @Nullable Object call(Callable<?> work) throws Exception {
        Interruption interruption = next.remove(Thread.currentThread());
        interrupt(interruption, Moment.BEGINS);
        Jta own = begin();
        Object result;
        try {
            result = work.call();
            interrupt(interruption, Moment.ACTED);
        } catch (Throwable notDone) {
            own.timeOut();
            throw notDone;
        } finally {
            end(own);
        }
        interrupt(interruption, Moment.COMMITTED);
        return result;
    }

    private static void interrupt(@Nullable Interruption interruption, Moment moment) throws Exception {
        if (interruption != null) {
            interruption.at(moment);
        }
    }

    /** Its connections belong to the transaction of the thread. */
    DataSource dataSource() {
        return fake(DataSource.class, (proxy, method, arguments) -> {
            Jta transaction = current.get(Thread.currentThread());
            return transaction == null ? database.getConnection() : handle(connection(transaction));
        });
    }

    @Override
    public Object find(String name) throws NamingException {
        return switch (name) {
            case "java:comp/TransactionSynchronizationRegistry" -> registry();
            case "java:comp/env/jdbc/holdfast" -> dataSource();
            case "java:comp/env/eis/holdfast" -> connectionFactory();
            default -> throw new NameNotFoundException(name);
        };
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
    }

    private void resume(@Nullable Jta suspended) {
        if (suspended == null) {
            current.remove(Thread.currentThread());
        } else {
            current.put(Thread.currentThread(), suspended);
        }
    }

    private Connection connection(Jta transaction) throws SQLException {
        Connection there = transaction.connection;
        if (there == null) {
            Connection pooled = idle.poll();
            there = pooled == null ? database.getConnection() : pooled;
            there.setAutoCommit(false);
            transaction.connection = there;
        }
        return there;
    }

    private void end(Jta transaction, boolean commits) throws SQLException {
        Connection there = transaction.connection;
        if (there == null) {
            return;
        }
        if (commits) {
            there.commit();
        } else {
            there.rollback();
        }
        idle.add(there);
    }

    private TransactionSynchronizationRegistry registry() {
        return fake(TransactionSynchronizationRegistry.class, (proxy, method, arguments) -> {
            Jta transaction = current.get(Thread.currentThread());
            if (transaction == null) {
                return Status.STATUS_NO_TRANSACTION;
            }
            return switch (method.getName()) {
                case "getTransactionStatus" -> transaction.status;
                case "setRollbackOnly" -> {
                    transaction.status = Status.STATUS_MARKED_ROLLBACK;
                    yield null;
                }
                case "getResource" -> transaction.resources.get(arguments[0]);
                case "putResource" -> transaction.resources.put(arguments[0], arguments[1]);
                default -> throw new UnsupportedOperationException(method.getName());
            };
        });
    }

    private HoldfastConnectionFactory connectionFactory() {
        return fake(HoldfastConnectionFactory.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getConnection" -> connection();
            case "store" -> {
                adapter.store((Enlisted) arguments[0], (String) arguments[1]);
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private HoldfastConnection connection() {
        return fake(HoldfastConnection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "enlist" -> {
                Jta caller = current.get(Thread.currentThread());
                if (caller == null) {
                    throw new IllegalStateException("in no transaction");
                }
                yield adapter.enlist(caller, (LocalParticipant) arguments[0]);
            }
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** Closing it leaves the connection open for the transaction. */
    private static Connection handle(Connection connection) {
        return fake(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
