package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.Directory;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Payara's transaction manager and its {@code @Transactional(REQUIRES_NEW)}, as far as they note with the call of an EJB which
 * transaction its connections belong to; a single thread.
 */
final class FakePayara extends NewTransaction implements TransactionManager, Directory {
    private @Nullable Transaction ofThread;
    private @Nullable Transaction noted;

    /** The container of EJBs begins one and notes it. */
    Transaction beginForCall() {
        Transaction begun = begun();
        ofThread = begun;
        noted = begun;
        return begun;
    }

    /** Where a connection that is opened now is enlisted; null when it commits each statement. */
    @Nullable
    Transaction ofConnections() {
        return noted;
    }

    @Override
    public @Nullable Object call(Callable<?> work) throws Exception {
        Transaction suspended = getTransaction() == null ? null : suspend();
        begin();
        try {
            return work.call();
        } finally {
            commit();
            if (suspended != null) {
                resume(suspended);
            }
        }
    }

    @Override
    public Object find(String name) throws NamingException {
        if (name.equals("java:appserver/TransactionManager")) {
            return this;
        }
        throw new NameNotFoundException(name);
    }

    @Override
    public void begin() {
        ofThread = begun();
    }

    @Override
    public void commit() {
        ofThread = null;
    }

    @Override
    public @Nullable Transaction suspend() {
        Transaction suspended = ofThread;
        ofThread = null;
        noted = null;
        return suspended;
    }

    @Override
    public void resume(@Nullable Transaction transaction) {
        if (transaction == null) {
            throw new IllegalStateException("no transaction to resume");
        }
        ofThread = transaction;
        noted = transaction;
    }

    @Override
    public @Nullable Transaction getTransaction() {
        return ofThread;
    }

    @Override
    public int getStatus() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rollback() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    private static Transaction begun() {
        return (Transaction) Proxy.newProxyInstance(
                Transaction.class.getClassLoader(),
                new Class<?>[] {Transaction.class},
                (transaction, method, arguments) -> switch (method.getName()) {
                    case "equals" -> transaction == arguments[0];
                    case "hashCode" -> System.identityHashCode(transaction);
                    case "toString" -> "transaction " + System.identityHashCode(transaction);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
