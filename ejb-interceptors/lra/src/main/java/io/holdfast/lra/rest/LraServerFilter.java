package io.holdfast.lra.rest;

import io.holdfast.lra.model.LraMethod;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.Arrival;
import io.holdfast.lra.runtime.Departure;
import io.holdfast.lra.runtime.Entered;
import io.holdfast.lra.runtime.Invocation;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jspecify.annotations.Nullable;

/**
 * Lets the resource methods of an application into their LRAs and out again. It runs behind authentication and authorization, so that
 * nobody who is refused there starts or ends an LRA, and looks at the answer after the application's filters. A method may answer from
 * another thread. Thread-safe.
 */
@ConstrainedTo(RuntimeType.SERVER)
@Priority(Priorities.HEADER_DECORATOR)
public final class LraServerFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String INVOCATION = "io.holdfast.lra.invocation";
    static final String PARTICIPANT_DATA = "Narayana-LRA-Participant-Data";

    private final Application application;

    @Context
    private @Nullable ResourceInfo resource;

    public LraServerFilter() {
        this(new CdiApplication());
    }

    LraServerFilter(Application application) {
        this.application = application;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        ThreadContext.enter(Optional.empty());
        Optional<ParticipantRuntime> runtime = application.runtime();
        if (runtime.isEmpty()) {
            return;
        }
        Entered entered = runtime.get().gate().enter(arrival(request, runtime.get()));
        if (entered instanceof Entered.Refused refused) {
            request.abortWith(Response.status(refused.status())
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity(refused.reason())
                    .build());
        } else if (entered instanceof Entered.Runs runs) {
            run(request, runs.invocation());
        }
    }

    /** Puts whole lists, since a server may not let those that it made be changed. */
    private void run(ContainerRequestContext request, Invocation invocation) {
        invocation
                .headers()
                .forEach((name, value) -> value.ifPresentOrElse(
                        text -> request.getHeaders().put(name, new ArrayList<>(List.of(text))),
                        () -> request.getHeaders().remove(name)));
        request.setProperty(INVOCATION, invocation);
        application.show(invocation.data());
        ThreadContext.enter(invocation.active());
    }

    private Arrival arrival(ContainerRequestContext request, ParticipantRuntime runtime) {
        Class<?> type = resource == null ? null : resource.getResourceClass();
        Method method = resource == null ? null : resource.getResourceMethod();
        Arrival.Incoming headers = incoming(request);
        if (type == null || method == null) {
            return new Arrival("", Optional.empty(), headers, lra -> Optional.empty());
        }
        String name = type.getName() + "#" + method.getName();
        Optional<ResourceModel> model = runtime.model(type);
        Optional<LraMethod> lraMethod = model.flatMap(known -> known.method(method));
        String base = runtime.base(request.getUriInfo().getBaseUri());
        Map<String, String> pathParameters = pathParameters(request);
        return new Arrival(
                name,
                lraMethod,
                headers,
                lra -> model.flatMap(known -> runtime.link(known, base, pathParameters, lra)));
    }

    private static Arrival.Incoming incoming(ContainerRequestContext request) {
        boolean isCallback = header(request, LRA.LRA_HTTP_RECOVERY_HEADER).isPresent()
                || header(request, LRA.LRA_HTTP_ENDED_CONTEXT_HEADER).isPresent();
        return new Arrival.Incoming(
                header(request, LRA.LRA_HTTP_CONTEXT_HEADER),
                header(request, LRA.LRA_HTTP_PARENT_CONTEXT_HEADER),
                isCallback,
                header(request, PARTICIPANT_DATA).filter(data -> isCallback));
    }

    static Optional<String> header(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getHeaderString(name)).filter(value -> !value.isBlank());
    }

    private static Map<String, String> pathParameters(ContainerRequestContext request) {
        Map<String, String> parameters = new HashMap<>();
        request.getUriInfo().getPathParameters(false).forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<ParticipantRuntime> runtime = application.runtime();
        if (runtime.isEmpty() || !(request.getProperty(INVOCATION) instanceof Invocation invocation)) {
            return;
        }
        request.removeProperty(INVOCATION);
        try {
            Departure departure = runtime.get().gate().exit(invocation, response.getStatus());
            if (departure.isReplaced()) {
                response.setStatus(departure.status());
                response.setEntity(departure.reason(), new Annotation[0], MediaType.TEXT_PLAIN_TYPE);
            }
        } finally {
            ThreadContext.leave(invocation.active());
        }
        tellLra(invocation, response);
    }

    /** What the application has put there stays ("Setting the context on JAX-RS responses"). */
    private static void tellLra(Invocation invocation, ContainerResponseContext response) {
        boolean isSeen = invocation
                .headers()
                .getOrDefault(LRA.LRA_HTTP_CONTEXT_HEADER, Optional.empty())
                .isPresent();
        if (isSeen && !response.getHeaders().containsKey(LRA.LRA_HTTP_CONTEXT_HEADER)) {
            invocation.toldToCaller(response.getStatus()).ifPresent(lra -> response.getHeaders()
                    .putSingle(LRA.LRA_HTTP_CONTEXT_HEADER, lra));
        }
    }
}
