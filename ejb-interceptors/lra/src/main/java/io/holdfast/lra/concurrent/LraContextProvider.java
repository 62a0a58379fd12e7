package io.holdfast.lra.concurrent;

import io.holdfast.lra.runtime.CarriedLra;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Gives tasks of managed executors, and what a {@code ContextService} makes contextual, the LRA of the thread that they come from (Jakarta
 * Concurrency 3.0, 3.3). Found by the service loader, on servers that look for providers. Thread-safe.
 */
public final class LraContextProvider implements ThreadContextProvider {
    /** Under which a {@code ContextServiceDefinition} can clear it or leave it alone. */
    public static final String TYPE = "Long-Running-Action";

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return snapshot(CarriedLra.ofThisThread());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return snapshot(CarriedLra.none());
    }

    private static ThreadContextSnapshot snapshot(CarriedLra lra) {
        return () -> {
            CarriedLra taken = lra.again();
            taken.begin();
            return taken::end;
        };
    }

    @Override
    public String getThreadContextType() {
        return TYPE;
    }
}
