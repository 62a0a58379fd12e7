package io.holdfast.interceptors;

import org.eclipse.microprofile.rest.client.ext.AsyncInvocationInterceptor;
import org.eclipse.microprofile.rest.client.ext.AsyncInvocationInterceptorFactory;

/**
 * Internal: gives asynchronous calls of MicroProfile REST clients the LRA of their {@link GlobalTransaction}. Loaded only where these are.
 * Thread-safe.
 */
public final class AsyncRestCalls implements AsyncInvocationInterceptorFactory {
    @Override
    public AsyncInvocationInterceptor newInterceptor() {
        return new OneCall();
    }

    private static final class OneCall implements AsyncInvocationInterceptor {
        private volatile TravellingLra lra = TravellingLra.none();

        @Override
        public void prepareContext() {
            lra = TravellingLra.ofCaller(Directory.JNDI);
        }

        @Override
        public void applyContext() {
            lra.begin();
        }

        @Override
        public void removeContext() {
            lra.end();
        }
    }
}
