package io.holdfast.interceptors;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;

/**
 * Internal: the caller's JTA transaction and the mark on it. The mark belongs to the transaction and not to the thread. Its key and value
 * are classes of the JDK, so that two modules with a copy of this jar each can share a transaction.
 */
public final class JtaTransaction {
    /** A server has one for all its transactions. */
    public static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private static final String FLOW = "io.holdfast.flow";
    private static final String MARK = "io.holdfast.GlobalTransaction.timeLimit";
    private static final String NESTED = "io.holdfast.GlobalTransaction.nestedLra";

    private final TransactionSynchronizationRegistry registry;

    JtaTransaction(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    public static JtaTransaction ofThisThread(Directory jndi) {
        try {
            return new JtaTransaction((TransactionSynchronizationRegistry) jndi.find(REGISTRY));
        } catch (NamingException e) {
            throw WithAdapter.noRegistry(e);
        }
    }

    /** Refers to classes that may be missing: each call of a REST client asks for the transaction, with an adapter or without. */
    private static final class WithAdapter {
        static RuntimeException noRegistry(NamingException cause) {
            return new HoldfastException(InterceptorMessage.NO_TRANSACTION_REGISTRY.with(REGISTRY), cause);
        }
    }

    /** Empty on a thread that belongs to no component, and so has no transaction either. */
    public static Optional<JtaTransaction> find(Directory jndi) {
        try {
            return Optional.of(new JtaTransaction((TransactionSynchronizationRegistry) jndi.find(REGISTRY)));
        } catch (NamingException noComponent) {
            return Optional.empty();
        }
    }

    public boolean isActive() {
        int status = registry.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    public String status() {
        int status = registry.getTransactionStatus();
        return status == Status.STATUS_NO_TRANSACTION ? "no transaction" : Integer.toString(status);
    }

    /** Whether it is there and could still commit. */
    public boolean canCommit() {
        return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    /** Whether it can only roll back. */
    public boolean isMarkedForRollback() {
        return registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK;
    }

    /** From now on it can only roll back; nothing when it has ended meanwhile. */
    public void markForRollback() {
        if (registry.getTransactionStatus() == Status.STATUS_ACTIVE) {
            registry.setRollbackOnly();
        }
    }

    /** Notes that what is done in it is done for the participant, whose transaction has the outcome of all that comes of it. */
    public void worksFor(Enlisted participant) {
        registry.putResource(FLOW, List.of(participant.transaction(), participant.participant()));
    }

    /** The participant that it works for; empty when it is its own. */
    public Optional<Enlisted> workedFor() {
        return isActive() && registry.getResource(FLOW) instanceof List<?> flow
                ? Optional.of(new Enlisted((String) flow.get(0), (String) flow.get(1)))
                : Optional.empty();
    }

    /** Marks it as one whose outgoing calls carry an LRA; a mark that is there stays. Zero: the adapter's default limit. */
    void propagateLra(Duration timeLimit) {
        if (registry.getResource(MARK) == null) {
            registry.putResource(MARK, timeLimit);
        }
    }

    /** The same, with an LRA that is nested in the caller's. */
    void propagateLra(Duration timeLimit, NestedLra lra) {
        propagateLra(timeLimit);
        registry.putResource(NESTED, List.of(lra.id(), lra.parent()));
    }

    /** Its LRA, where that is nested in the one of its caller. */
    Optional<NestedLra> nestedLra() {
        return isActive() && registry.getResource(NESTED) instanceof List<?> lra
                ? Optional.of(new NestedLra((String) lra.get(0), (String) lra.get(1)))
                : Optional.empty();
    }

    /** Whether it is one whose outgoing calls carry an LRA of its own. */
    public boolean isGlobal() {
        return propagatedTimeLimit().isPresent();
    }

    /** The time limit it was marked with; empty without a transaction, without a mark, and when it is ending already. */
    Optional<Duration> propagatedTimeLimit() {
        return isActive() && registry.getResource(MARK) instanceof Duration limit
                ? Optional.of(limit)
                : Optional.empty();
    }
}
