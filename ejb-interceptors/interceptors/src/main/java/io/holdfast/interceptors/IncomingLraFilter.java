package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.function.Consumer;

/**
 * Notes the LRA of a request, so that a {@link GlobalTransaction} below can refuse it. Runs after the filters of LRA
 * implementations, which put the id of an LRA that they started themselves into the same header. holdfast-lra takes the header from a
 * method without annotations, whose thread is in the LRA all the same and hands it on.
 */
@ConstrainedTo(RuntimeType.SERVER)
@Priority(Priorities.USER + 1000)
public final class IncomingLraFilter implements ContainerRequestFilter {
    private final Consumer<String> notes;

    public IncomingLraFilter() {
        this(lra -> CDI.current().select(IncomingLra.class).get().note(lra));
    }

    IncomingLraFilter(Consumer<String> notes) {
        this.notes = notes;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String lra = request.getHeaderString(HoldfastConnection.LRA_HEADER);
        if (lra != null && !lra.isBlank()) {
            notes.accept(lra);
        } else {
            ThreadLra.id().ifPresent(notes);
        }
    }
}
