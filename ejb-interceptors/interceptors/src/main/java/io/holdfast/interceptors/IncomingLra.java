package io.holdfast.interceptors;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The LRA that the current HTTP request arrived with. Confined to the request. */
@RequestScoped
class IncomingLra {
    private @Nullable String id;

    void note(String lra) {
        id = lra;
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    static Optional<String> ofThisRequest() {
        try {
            return CDI.current().select(IncomingLra.class).get().id();
        } catch (ContextNotActiveException e) {
            // Not called from a request, so none came in.
            return Optional.empty();
        }
    }
}
