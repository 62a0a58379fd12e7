package io.holdfast.interceptors.idempotent;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The headers of the current HTTP request. Confined to the request. */
@RequestScoped
class IncomingHeaders {
    private @Nullable UnaryOperator<@Nullable String> headers;

    void note(UnaryOperator<@Nullable String> byName) {
        headers = byName;
    }

    Optional<String> header(String name) {
        return headers == null ? Optional.empty() : Optional.ofNullable(headers.apply(name));
    }

    static Optional<String> ofThisRequest(String name) {
        try {
            return CDI.current().select(IncomingHeaders.class).get().header(name);
        } catch (ContextNotActiveException e) {
            // Not called from a request, so it has no headers.
            return Optional.empty();
        }
    }
}
