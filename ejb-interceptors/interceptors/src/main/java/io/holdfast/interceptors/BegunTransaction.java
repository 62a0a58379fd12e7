package io.holdfast.interceptors;

import jakarta.enterprise.context.ApplicationScoped;
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
}
