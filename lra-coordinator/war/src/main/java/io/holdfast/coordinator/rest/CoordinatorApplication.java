package io.holdfast.coordinator.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The REST contract below {@code /lra-coordinator/lra-coordinator}, where clients look by default. */
@ApplicationPath("lra-coordinator")
public final class CoordinatorApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(LraResource.class, NestedLraResource.class, RecoveryResource.class, ApiVersionFilter.class);
    }
}
