package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.Directory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Internal: a JTA transaction of its own, begun and ended by the container, which suspends the caller's meanwhile.
 *
 * <p>Payara enlists a connection in the transaction that it has noted with the call of the component, and not in that of the thread. In
 * the call of an EJB its {@code @Transactional(REQUIRES_NEW)} leaves none noted, so that each statement would commit by itself. The
 * transaction manager notes the one that it resumes, and none when it suspends, so this lets it do that once more.
 */
@ApplicationScoped
public class OwnTransaction {
    /** Where Payara has it; other servers know nothing of that name. */
    static final String PAYARA_MANAGER = "java:appserver/TransactionManager";

    private final NewTransaction transactions;
    private final Optional<TransactionManager> payara;

    /** For the container, which makes subclasses. */
    protected OwnTransaction() {
        this(new NewTransaction(), Optional.empty());
    }

    @Inject
    public OwnTransaction(NewTransaction transactions) {
        this(transactions, find(Directory.JNDI));
    }

    OwnTransaction(NewTransaction transactions, Optional<TransactionManager> payara) {
        this.transactions = transactions;
        this.payara = payara;
    }

    static Optional<TransactionManager> find(Directory jndi) {
        try {
            return Optional.of((TransactionManager) jndi.find(PAYARA_MANAGER));
        } catch (NamingException anotherServer) {
            return Optional.empty();
        }
    }

    /** Commits when the work returns, and rolls back when it throws anything. */
    public @Nullable Object call(Callable<?> work) throws Exception {
        if (payara.isEmpty()) {
            return transactions.call(work);
        }
        TransactionManager manager = payara.get();
        try {
            return transactions.call(() -> {
                manager.resume(manager.suspend());
                return work.call();
            });
        } finally {
            forgetEnded(manager);
        }
    }

    /** After a call that was in no transaction before it nobody resumes one, and ours would stay noted. */
    private static void forgetEnded(TransactionManager manager) throws SystemException {
        if (manager.getTransaction() == null) {
            manager.suspend();
        }
    }
}
