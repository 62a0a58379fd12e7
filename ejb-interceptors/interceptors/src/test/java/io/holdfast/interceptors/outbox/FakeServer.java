package io.holdfast.interceptors.outbox;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A server with a broker that is XA and a database that is not, in the order in which Narayana and Payara's manager commit a transaction with
 * both: the broker is prepared, the database commits, the decision is logged, the broker commits. What is halted before the decision is presumed
 * to have been aborted. Thread-safe; several stand for a cluster.
 */
final class FakeServer implements TransactionManager {
    /** Where a commit can be halted. */
    enum Point {
        /** Nothing has committed. */
        ASKED,
        /** The database has committed, if it takes part; nothing is decided. */
        UNDECIDED,
        /** Whoever takes part has committed; nobody was told. */
        COMMITTED
    }

    /** @param sends whether the broker takes part */
    record Step(Point point, boolean sends) {}

    /** Is told of the steps of each commit, on its thread. */
    @FunctionalInterface
    interface Observer {
        void at(Step step) throws Exception;
    }

    /** The server is gone, and with it the transactions of its threads. */
    static final class Halt extends Error {
        Halt(Step step) {
            super("halted at " + step);
        }
    }

    /** No transaction with one of these can be committed. */
    final Set<String> uncommittable = ConcurrentHashMap.newKeySet();
    /** The send of one of these fails, and its transaction can only roll back. */
    final Set<String> dooming = ConcurrentHashMap.newKeySet();
    /** So many of the next commits fail in which something was sent. */
    final AtomicInteger failingCommits = new AtomicInteger();
    /** Is told of the steps of each commit. */
    volatile Observer observer = step -> {};

    final Recording broker;

    private final Map<Thread, One> current = new ConcurrentHashMap<>();
    private volatile @Nullable One suspended;

    /** With a broker of its own. */
    FakeServer() {
        this(Collections.synchronizedList(new ArrayList<>()));
    }

    /** @param taken by the broker of a cluster */
    FakeServer(List<String> taken) {
        broker = new Recording(taken) {
            @Override
            void take(String id) {
                One transaction = FakeServer.this.inTransaction();
                if (dooming.contains(id)) {
                    transaction.doomed = true;
                    throw new IllegalStateException(id + " is not wanted");
                }
                transaction.sent.add(id);
            }
        };
    }

    /** A transaction and what takes part in it. */
    private final class One implements Transaction {
        final List<String> sent = new ArrayList<>();
        boolean doomed;

        @Nullable
        Connection connection;

        Connection connection(DataSource database) throws SQLException {
            Connection there = connection;
            if (there == null) {
                there = database.getConnection();
                there.setAutoCommit(false);
                connection = there;
            }
            return there;
        }

        @Override
        public void commit() throws RollbackException, SystemException {
            try {
                reached(Point.ASKED);
                if (doomed) {
                    throw new RollbackException("it was marked for rollback");
                }
                if (!sent.isEmpty() && failingCommits.get() > 0 && failingCommits.getAndDecrement() > 0) {
                    throw new RollbackException("the broker rolls back");
                }
                if (sent.stream().anyMatch(uncommittable::contains)) {
                    throw new RollbackException("one of " + sent + " is not wanted");
                }
                if (connection != null) {
                    connection.commit();
                }
                reached(Point.UNDECIDED);
                synchronized (broker.taken) {
                    broker.taken.addAll(sent);
                }
                reached(Point.COMMITTED);
            } catch (SQLException e) {
                throw (SystemException) new SystemException(e.toString()).initCause(e);
            } finally {
                end();
            }
        }

        private void reached(Point point) {
            try {
                observer.at(new Step(point, !sent.isEmpty()));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void rollback() throws SystemException {
            end();
        }

        /** What has not committed is rolled back. */
        private void end() throws SystemException {
            if (connection != null) {
                try (Connection open = connection) {
                    if (!open.isClosed()) {
                        open.rollback();
                    }
                } catch (SQLException e) {
                    throw (SystemException) new SystemException(e.toString()).initCause(e);
                }
            }
        }

        @Override
        public boolean delistResource(XAResource resource, int flag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean enlistResource(XAResource resource) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getStatus() {
            return Status.STATUS_ACTIVE;
        }

        @Override
        public void registerSynchronization(Synchronization synchronization) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }
    }

    /** Halts when a commit next comes there: one in which something is sent, or the first one of the database after that. */
    void haltAt(Step halt) {
        observer = step -> {
            if (step.equals(halt) && (step.sends() || !broker.taken.isEmpty())) {
                observer = later -> {};
                throw new Halt(step);
            }
        };
    }

    /** Ends the database's connection of the transaction that was suspended last. */
    void cut() throws SQLException {
        One one = suspended;
        if (one != null && one.connection != null) {
            one.connection.rollback();
            one.connection.close();
        }
    }

    /** One connection in each transaction, which stays open when it is closed. */
    DataSource source(DataSource database) {
        return proxy(DataSource.class, (called, arguments) -> {
            One one = current.get(Thread.currentThread());
            if (one == null) {
                throw new IllegalStateException("used outside a transaction");
            }
            Connection connection = one.connection(database);
            return proxy(
                    Connection.class,
                    (method, values) -> method.getName().equals("close") ? null : method.invoke(connection, values));
        });
    }

    @FunctionalInterface
    private interface Answer {
        @Nullable
        Object to(Method method, @Nullable Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return answer.to(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public void begin() {
        if (current.get(Thread.currentThread()) != null) {
            throw new IllegalStateException("in a transaction already");
        }
        current.put(Thread.currentThread(), new One());
    }

    private One inTransaction() {
        One one = current.get(Thread.currentThread());
        if (one == null) {
            throw new IllegalStateException("in no transaction");
        }
        return one;
    }

    @Override
    public void commit() throws RollbackException, SystemException {
        try {
            inTransaction().commit();
        } finally {
            current.remove(Thread.currentThread());
        }
    }

    @Override
    public void rollback() throws SystemException {
        try {
            inTransaction().rollback();
        } finally {
            current.remove(Thread.currentThread());
        }
    }

    @Override
    public @Nullable Transaction suspend() {
        One one = current.get(Thread.currentThread());
        current.remove(Thread.currentThread());
        suspended = one;
        return one;
    }

    @Override
    public void resume(Transaction transaction) {
        current.put(Thread.currentThread(), (One) transaction);
    }

    @Override
    public @Nullable Transaction getTransaction() {
        return current.get(Thread.currentThread());
    }

    @Override
    public int getStatus() {
        return current.get(Thread.currentThread()) == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }
}
