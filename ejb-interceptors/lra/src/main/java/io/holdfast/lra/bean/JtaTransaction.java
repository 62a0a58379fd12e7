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

    /** Empty when there is none, or one that can only roll back. */
    static Optional<JtaTransaction> ofThisThread() {
        TransactionSynchronizationRegistry registry;
        try {
            registry = (TransactionSynchronizationRegistry) JNDI.find("java:comp/TransactionSynchronizationRegistry");
        } catch (NamingException serverWithoutTransactions) {
            return Optional.empty();
        }
        return registry.getTransactionStatus() == Status.STATUS_ACTIVE
                ? Optional.of(end -> registry.registerInterposedSynchronization(new Synchronization() {
                    @Override
                    public void beforeCompletion() {}

                    @Override
                    public void afterCompletion(int status) {
                        end.accept(status == Status.STATUS_COMMITTED);
                    }
                }))
                : Optional.empty();
    }
}
