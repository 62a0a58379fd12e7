package io.holdfast.interceptors;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The LRA that a call is already in. Confined to the request. */
@RequestScoped
class IncomingLra {
    private @Nullable String id;

    void note(String lra) {
        id = lra;
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** That of the thread, which a bean with {@code @LRA} or the application by hand has put there, or that of the HTTP request. */
    static Optional<String> ofThisCall() {
        return ThreadLra.undecided().or(IncomingLra::ofThisRequest);
    }

    private static Optional<String> ofThisRequest() {
        try {
            return CDI.current().select(IncomingLra.class).get().id();
        } catch (ContextNotActiveException e) {
            // Not called from a request, so none came in.
            return Optional.empty();
        }
    }
}
