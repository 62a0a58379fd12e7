package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/**
 * Sends the LRA of the calling thread with calls of the Jakarta REST client (MicroProfile LRA 2.0, "The LRA Context"). Who sets the header
 * by hand has said where the call belongs. Later filters than an application's, so that these can set it. Thread-safe.
 */
@ConstrainedTo(RuntimeType.CLIENT)
@Priority(Priorities.USER + 1000)
public final class LraClientFilter implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext request) {
        MultivaluedMap<String, Object> headers = request.getHeaders();
        if (!headers.containsKey(LRA.LRA_HTTP_CONTEXT_HEADER)) {
            ThreadContext.active().ifPresent(lra -> send(lra, headers));
        }
    }

    private static void send(ActiveLra lra, MultivaluedMap<String, Object> headers) {
        headers.putSingle(LRA.LRA_HTTP_CONTEXT_HEADER, lra.id());
        lra.parent().ifPresent(parent -> headers.putSingle(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER, parent));
    }
}
