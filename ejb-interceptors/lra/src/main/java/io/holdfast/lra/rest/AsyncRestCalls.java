package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.CarriedLra;
import org.eclipse.microprofile.rest.client.ext.AsyncInvocationInterceptor;
import org.eclipse.microprofile.rest.client.ext.AsyncInvocationInterceptorFactory;

/** Gives asynchronous calls of MicroProfile REST clients the LRA of the thread that they come from. Loaded only where these are. Thread-safe. */
public final class AsyncRestCalls implements AsyncInvocationInterceptorFactory {
    @Override
    public AsyncInvocationInterceptor newInterceptor() {
        return new OneCall();
    }

    private static final class OneCall implements AsyncInvocationInterceptor {
        private volatile CarriedLra lra = CarriedLra.none();

        @Override
        public void prepareContext() {
            lra = CarriedLra.ofThisThread();
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
