package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.Invocation;
import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.core.Response;

/** A request whose method has run, but for whose answer no filters ran, since an exception went past them. */
public final class UnansweredRequest {
    private UnansweredRequest() {}

    /** Ends its LRA as for an answer with 500, if there is one. */
    public static void end(ServletRequest request) {
        if (request.getAttribute(LraServerFilter.INVOCATION) instanceof Invocation invocation) {
            request.removeAttribute(LraServerFilter.INVOCATION);
            end(new CdiApplication(), invocation);
        }
    }

    static void end(Application application, Invocation invocation) {
        application.runtime().ifPresent(runtime -> runtime.gate()
                .exitUnheard(invocation, Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()));
    }
}
