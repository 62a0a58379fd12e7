package io.holdfast.interceptors;

import io.holdfast.api.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transactional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Internal: a JTA transaction that the container begins for a {@link GlobalTransaction} method whose caller has none. */
@ApplicationScoped
public class BegunTransaction {
    /** Commits when the work returns, and rolls back when it throws anything. */
    @Transactional(rollbackOn = Throwable.class)
    public @Nullable Object call(Callable<?> work) throws Exception {
        return work.call();
    }

    /** What the container throws when it cannot commit is checked on some servers, and not what the method declares. */
    static @Nullable Object committed(String method, Callable<@Nullable Object> transaction) throws Exception {
        try {
            return transaction.call();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException notCommitted) {
            throw new HoldfastException(
                    InterceptorMessage.BEGUN_NOT_COMMITTED.with(method, notCommitted), notCommitted);
        }
    }
}
