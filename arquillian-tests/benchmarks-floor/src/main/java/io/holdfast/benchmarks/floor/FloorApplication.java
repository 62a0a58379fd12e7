package io.holdfast.benchmarks.floor;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Below {@code /lra-coordinator/lra-coordinator}, like a real coordinator. */
@ApplicationPath("lra-coordinator")
public final class FloorApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(FloorResource.class);
    }
}
