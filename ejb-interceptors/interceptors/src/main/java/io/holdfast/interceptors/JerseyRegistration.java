package io.holdfast.interceptors;

import io.holdfast.interceptors.idempotent.IncomingHeadersFilter;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/** Registers this module's filters on Jersey, which does not read the list that RESTEasy reads. No other server loads this class. */
public final class JerseyRegistration implements AutoDiscoverable {
    @Override
    public void configure(FeatureContext context) {
        List<Class<?>> filters = context.getConfiguration().getRuntimeType() == RuntimeType.CLIENT
                ? List.of(GlobalTransactionFilter.class)
                : List.of(IncomingLraFilter.class, IncomingHeadersFilter.class);
        for (Class<?> filter : filters) {
            if (!context.getConfiguration().isRegistered(filter)) {
                context.register(filter);
            }
        }
    }
}
