package io.holdfast.coordinator.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The REST contract below {@code /lra-coordinator/lra-coordinator}, where clients look by default. */
@ApplicationPath("lra-coordinator")
public final class CoordinatorApplication extends Application {
    /** Payara's JAX-RS otherwise warns of each request whose Content-Type is a form's, so that anybody could fill the server's log. */
    private static final String QUERY_IS_NO_FORM = "jersey.config.servlet.form.queryParams.disabled";

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(QUERY_IS_NO_FORM, true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(LraResource.class, NestedLraResource.class, RecoveryResource.class, ApiVersionFilter.class);
    }
}
