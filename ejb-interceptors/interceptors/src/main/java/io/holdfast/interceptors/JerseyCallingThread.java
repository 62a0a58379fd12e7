package io.holdfast.interceptors;

import jakarta.ws.rs.client.ClientRequestContext;
import org.glassfish.jersey.client.spi.PreInvocationInterceptor;

/**
 * Internal: notes the LRA of the {@link GlobalTransaction} that makes a call, since Jersey runs the filters of asynchronous ones on another
 * thread. Thread-safe.
 */
public final class JerseyCallingThread implements PreInvocationInterceptor {
    private final Directory jndi;

    public JerseyCallingThread() {
        this(Directory.JNDI);
    }

    JerseyCallingThread(Directory jndi) {
        this.jndi = jndi;
    }

    @Override
    public void beforeRequest(ClientRequestContext request) {
        if (!GlobalTransactionFilter.isSetByHand(request)) {
            request.setProperty(
                    GlobalTransactionFilter.CALLER, TravellingLra.ofCaller(jndi).id());
        }
    }
}
