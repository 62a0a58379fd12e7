package io.holdfast.interceptors.tcc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Internal: the container's part of {@link OwnTransaction}. */
@ApplicationScoped
public class NewTransaction {
    /** Commits when the work returns, and rolls back when it throws anything. */
    @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = Throwable.class)
    public @Nullable Object call(Callable<?> work) throws Exception {
        return work.call();
    }
}
