package io.holdfast.interceptors;

import io.holdfast.interceptors.idempotent.IncomingHeadersFilter;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;

/**
 * Internal: registers this module's filters. Found by the service loader, as Jakarta REST 3.1 has it (property {@code
 * jakarta.ws.rs.loadServices}): that is the one way that Payara's Jersey has for a jar of the application.
 */
public final class RestFeature implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        Configuration configuration = context.getConfiguration();
        List<Class<?>> filters = configuration.getRuntimeType() == RuntimeType.CLIENT
                ? List.of(GlobalTransactionFilter.class)
                : List.of(IncomingLraFilter.class, IncomingHeadersFilter.class);
        filters.stream().filter(filter -> !configuration.isRegistered(filter)).forEach(context::register);
        if (configuration.getRuntimeType() == RuntimeType.CLIENT && isOfJersey(configuration)) {
            registerCallingThread(context);
        }
        return true;
    }

    private static boolean isOfJersey(Configuration configuration) {
        return configuration.getClass().getName().startsWith("org.glassfish.jersey.");
    }

    /** Not by Jersey's {@code ClientBuilderListener}: Jersey looks for these once, in the first application, and keeps them for all. */
    private static void registerCallingThread(FeatureContext context) {
        if (!context.getConfiguration().isRegistered(JerseyCallingThread.class)) {
            context.register(JerseyCallingThread.class);
        }
    }
}
