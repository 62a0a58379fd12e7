package io.holdfast.lra.rest;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;

/** Registers the client's filter and what takes it to other threads on each MicroProfile REST client. Loaded only where these are. */
public final class RestClientRegistration implements RestClientBuilderListener {
    @Override
    public void onNewBuilder(RestClientBuilder builder) {
        if (!builder.getConfiguration().isRegistered(LraClientFilter.class)) {
            builder.register(LraClientFilter.class);
        }
        if (!builder.getConfiguration().isRegistered(AsyncRestCalls.class)) {
            builder.register(AsyncRestCalls.class);
        }
    }
}
