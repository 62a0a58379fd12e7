package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/**
 * Sends the LRA of the calling thread with calls of the Jakarta REST client (MicroProfile LRA 2.0, "The LRA Context"). Who sets the header
 * by hand has said where the call belongs. Later filters than an application's, so that these can set it. {@link Wire#HTTP} switches it off.
 * Thread-safe.
 */
@ConstrainedTo(RuntimeType.CLIENT)
@Priority(Priorities.USER + 1000)
public final class LraClientFilter implements ClientRequestFilter {
    /** Of a request, set on Jersey: an Optional with the LRA of the thread that makes the call. */
    static final String CALLER = "io.holdfast.lra.caller";

    @Override
    public void filter(ClientRequestContext request) {
        MultivaluedMap<String, Object> headers = request.getHeaders();
        if (Wire.HTTP.isOn() && !headers.containsKey(LRA.LRA_HTTP_CONTEXT_HEADER)) {
            lra(request).ifPresent(lra -> send(lra, headers));
        }
    }

    /** That of the thread that made the call, where another one sends it. */
    private static Optional<ActiveLra> lra(ClientRequestContext request) {
        return request.getProperty(CALLER) instanceof Optional<?> noted
                        && ThreadContext.active().isEmpty()
                ? noted.map(ActiveLra.class::cast)
                : ThreadContext.active();
    }

    private static void send(ActiveLra lra, MultivaluedMap<String, Object> headers) {
        headers.putSingle(LRA.LRA_HTTP_CONTEXT_HEADER, lra.id());
        lra.parent().ifPresent(parent -> headers.putSingle(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER, parent));
    }
}
