package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.tcc.OwnTransaction;
import jakarta.transaction.SystemException;
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

    /** JTA transactions of a component, on threads that are in none. */
    record Begun(UserTransaction transaction) implements Transactions {
        @Override
        public <T> T call(Callable<T> work) throws Exception {
            transaction.begin();
            T result;
            try {
                result = work.call();
            } catch (Throwable e) {
                rollBack(e);
                throw e;
            }
            transaction.commit();
            return result;
        }

        private void rollBack(Throwable cause) {
            try {
                transaction.rollback();
            } catch (SystemException | RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** JTA transactions of the container, which suspends the one that the thread is in. */
    record OfContainer(OwnTransaction own) implements Transactions {
        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T> T call(Callable<T> work) throws Exception {
            return (T) own.call(work);
        }
    }

    /** JTA transactions of a manager, which suspend the one that the thread is in. */
    record OfManager(TransactionManager manager) implements Transactions {
        @Override
        public <T> T call(Callable<T> work) throws Exception {
            @Nullable Transaction suspended = manager.suspend();
            try {
                return begun(work);
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

        private <T> T begun(Callable<T> work) throws Exception {
            manager.begin();
            T result;
            try {
                result = work.call();
            } catch (Throwable e) {
                rollBack(e);
                throw e;
            }
            manager.commit();
            return result;
        }

        private void rollBack(Throwable cause) {
            try {
                manager.rollback();
            } catch (SystemException | RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
