package io.holdfast.interceptors;

import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/** Registers this module's filters on Jersey, which does not read the list that RESTEasy reads. No other server loads this class. */
public final class JerseyRegistration implements AutoDiscoverable {
    @Override
    public void configure(FeatureContext context) {
        Class<?> filter = context.getConfiguration().getRuntimeType() == RuntimeType.CLIENT
                ? GlobalTransactionFilter.class
                : IncomingLraFilter.class;
        if (!context.getConfiguration().isRegistered(filter)) {
            context.register(filter);
        }
    }
}
