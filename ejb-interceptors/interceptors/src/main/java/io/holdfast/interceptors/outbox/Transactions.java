package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.JtaTransaction;
import io.holdfast.interceptors.tcc.OwnTransaction;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs work in a transaction that holds nothing else. Implementations are thread-safe. */
interface Transactions {
    /** On return all of it is done for good. When this throws, it was rolled back, or nobody knows. */
    <T> T call(Callable<T> work) throws Exception;

    /** No transaction: each step of the work is done for good when it returns, also when a later one fails. */
    record None() implements Transactions {
        @Override
        public <T> T call(Callable<T> work) throws Exception {
            return work.call();
        }
    }

    /** A step of a transaction's life. */
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    /** Commits what the work has done when it returns, and rolls back when it throws anything. */
    private static <T> T between(Step begin, Callable<T> work, Step commit, Step rollback) throws Exception {
        begin.take();
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            try {
                rollback.take();
            } catch (Exception notRolledBack) {
                e.addSuppressed(notRolledBack);
            }
            throw e;
        }
        commit.take();
        return result;
    }

    /** JTA transactions of a component, on threads that are in none. */
    record Begun(UserTransaction transaction) implements Transactions {
        @Override
        public <T> T call(Callable<T> work) throws Exception {
            return between(transaction::begin, work, transaction::commit, transaction::rollback);
        }
    }

    /**
     * JTA transactions of the container, which suspends the one that the thread is in. When one was marked for rollback meanwhile, as a send
     * that failed may do, the container would roll it back and return as if it had committed.
     */
    record OfContainer(OwnTransaction own, Directory jndi) implements Transactions {
        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T> T call(Callable<T> work) throws Exception {
            return (T) own.call(() -> {
                T result = work.call();
                if (JtaTransaction.find(jndi)
                        .filter(JtaTransaction::isMarkedForRollback)
                        .isPresent()) {
                    throw new RollbackException("it was marked for rollback");
                }
                return result;
            });
        }
    }

    /** JTA transactions of a manager, which suspend the one that the thread is in. */
    record OfManager(TransactionManager manager) implements Transactions {
        @Override
        public <T> T call(Callable<T> work) throws Exception {
            @Nullable Transaction suspended = manager.suspend();
            try {
                return between(manager::begin, work, manager::commit, manager::rollback);
            } finally {
                if (manager.getTransaction() != null) {
                    // One whose end has failed; the other must not be taken for it.
                    manager.suspend();
                }
                if (suspended != null) {
                    manager.resume(suspended);
                }
            }
        }
    }
}
