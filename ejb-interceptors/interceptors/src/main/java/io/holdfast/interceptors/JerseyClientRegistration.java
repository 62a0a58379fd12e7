package io.holdfast.interceptors;

import jakarta.ws.rs.client.ClientBuilder;
import org.glassfish.jersey.client.spi.ClientBuilderListener;

/** Internal: registers the client's filter and what tells it the calling thread's LRA on each client that Jersey builds. No other server loads this class. */
public final class JerseyClientRegistration implements ClientBuilderListener {
    @Override
    public void onNewBuilder(ClientBuilder builder) {
        if (!builder.getConfiguration().isRegistered(GlobalTransactionFilter.class)) {
            builder.register(GlobalTransactionFilter.class);
        }
        if (!builder.getConfiguration().isRegistered(JerseyCallingThread.class)) {
            builder.register(JerseyCallingThread.class);
        }
    }
}
