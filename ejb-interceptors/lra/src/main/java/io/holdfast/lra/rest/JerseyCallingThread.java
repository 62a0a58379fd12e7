package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import jakarta.ws.rs.client.ClientRequestContext;
import java.util.Optional;
import org.glassfish.jersey.client.spi.PreInvocationInterceptor;

/** Notes the LRA of the thread that makes a call, since Jersey runs the filters of asynchronous ones on another. Thread-safe. */
public final class JerseyCallingThread implements PreInvocationInterceptor {
    @Override
    public void beforeRequest(ClientRequestContext request) {
        request.setProperty(LraClientFilter.CALLER, Wire.TASKS.isOn() ? ThreadContext.active() : Optional.empty());
    }
}
