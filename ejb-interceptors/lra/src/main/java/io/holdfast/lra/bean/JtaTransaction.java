package io.holdfast.lra.bean;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The JTA transaction of the thread, if the server has such and one is active. */
interface JtaTransaction {
    /** The caller's JNDI. */
    Lookup JNDI = InitialContext::doLookup;

    /** Finds objects by name. */
    @FunctionalInterface
    interface Lookup {
        Object find(String name) throws NamingException;
    }

    /** @param end told whether it has committed, when it has ended */
    void whenEnded(Consumer<Boolean> end);

    /** Then nobody is told when it has ended. */
    default boolean canOnlyRollBack() {
        return false;
    }

    /** Empty when there is none. */
    static Optional<JtaTransaction> ofThisThread() {
        TransactionSynchronizationRegistry registry;
        try {
            registry = (TransactionSynchronizationRegistry) JNDI.find("java:comp/TransactionSynchronizationRegistry");
        } catch (NamingException serverWithoutTransactions) {
            return Optional.empty();
        }
        return of(registry);
    }

    static Optional<JtaTransaction> of(TransactionSynchronizationRegistry registry) {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE -> Optional.of(new Active(registry));
            case Status.STATUS_MARKED_ROLLBACK -> Optional.of(new Lost());
            default -> Optional.empty();
        };
    }

    /** One that can commit. */
    record Active(TransactionSynchronizationRegistry registry) implements JtaTransaction {
        @Override
        public void whenEnded(Consumer<Boolean> end) {
            registry.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {}

                @Override
                public void afterCompletion(int status) {
                    end.accept(status == Status.STATUS_COMMITTED);
                }
            });
        }
    }

    /** One that is marked for rollback, with which nobody can register on some servers. */
    record Lost() implements JtaTransaction {
        @Override
        public void whenEnded(Consumer<Boolean> end) {
            throw new IllegalStateException("it can only roll back");
        }

        @Override
        public boolean canOnlyRollBack() {
            return true;
        }
    }
}
