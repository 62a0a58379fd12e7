package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.CallbackAnswer;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.PlainCallbacks;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/**
 * Answers the coordinators' calls of callbacks that are no JAX-RS methods, before Jakarta REST looks for a resource: so they are served in
 * every application, whatever classes it lists. Thread-safe.
 */
@PreMatching
@ConstrainedTo(RuntimeType.SERVER)
@Priority(Priorities.HEADER_DECORATOR)
public final class LraCallbackFilter implements ContainerRequestFilter {
    private static final int MAX_BODY = 1_024;

    private final Application application;

    public LraCallbackFilter() {
        this(new CdiApplication());
    }

    LraCallbackFilter(Application application) {
        this.application = application;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String path = request.getUriInfo().getPath();
        if (!PlainCallbacks.isFor(path)) {
            return;
        }
        Optional<ParticipantRuntime> runtime = application.runtime();
        if (runtime.isEmpty()) {
            return;
        }
        PlainCallbacks.Request call = new PlainCallbacks.Request(
                request.getMethod(),
                path,
                header(request, LRA.LRA_HTTP_CONTEXT_HEADER),
                header(request, LRA.LRA_HTTP_ENDED_CONTEXT_HEADER),
                header(request, LRA.LRA_HTTP_PARENT_CONTEXT_HEADER),
                body(request));
        Optional<ActiveLra> active = call.lra().map(id -> new ActiveLra(id, call.parent(), true));
        ThreadContext.enter(active);
        try {
            application.show(runtime.get().plainCallbacks().dataOf(header(request, LraServerFilter.PARTICIPANT_DATA)));
            request.abortWith(response(runtime.get().plainCallbacks().call(call)));
        } finally {
            ThreadContext.leave(active);
        }
    }

    private static Optional<String> header(ContainerRequestContext request, String name) {
        return LraServerFilter.header(request, name);
    }

    private static String body(ContainerRequestContext request) throws IOException {
        return request.hasEntity()
                ? new String(request.getEntityStream().readNBytes(MAX_BODY), StandardCharsets.UTF_8)
                : "";
    }

    private static Response response(CallbackAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.location().ifPresent(location -> response.header("Location", location));
        return answer.body().isEmpty()
                ? response.build()
                : response.type(MediaType.TEXT_PLAIN_TYPE).entity(answer.body()).build();
    }
}
