package io.holdfast.interceptors.idempotent;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Notes where the headers of a request are, for keys like {@code header:Idempotency-Key}. */
@ConstrainedTo(RuntimeType.SERVER)
@Priority(Priorities.USER + 1000)
public final class IncomingHeadersFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        CDI.current().select(IncomingHeaders.class).get().note(request::getHeaderString);
    }
}
