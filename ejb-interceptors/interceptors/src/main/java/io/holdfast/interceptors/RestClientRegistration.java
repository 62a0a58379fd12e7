package io.holdfast.interceptors;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;

/** Internal: registers the client's filter and what takes it to other threads on each MicroProfile REST client. Loaded only where these are. */
public final class RestClientRegistration implements RestClientBuilderListener {
    @Override
    public void onNewBuilder(RestClientBuilder builder) {
        if (!builder.getConfiguration().isRegistered(GlobalTransactionFilter.class)) {
            builder.register(GlobalTransactionFilter.class);
        }
        if (!builder.getConfiguration().isRegistered(AsyncRestCalls.class)) {
            builder.register(AsyncRestCalls.class);
        }
    }
}
