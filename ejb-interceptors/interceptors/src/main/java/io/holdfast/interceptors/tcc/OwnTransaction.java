package io.holdfast.interceptors.tcc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Internal: a JTA transaction of its own, begun and ended by the container, which suspends the caller's meanwhile. */
@ApplicationScoped
public class OwnTransaction {
    /** Commits when the work returns, and rolls back when it throws anything. */
    @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
    public @Nullable Object call(Callable<?> work) throws Exception {
        return work.call();
    }
}
