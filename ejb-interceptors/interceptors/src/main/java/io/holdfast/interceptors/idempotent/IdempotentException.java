package io.holdfast.interceptors.idempotent;

import jakarta.ejb.ApplicationException;
import org.jspecify.annotations.Nullable;

/**
 * A call of an {@link Idempotent} method that could not be made; the message starts with a number that docs/messages.md explains. Its
 * transaction is rolled back. EJB callers get it as it is.
 */
@ApplicationException(rollback = true)
public class IdempotentException extends RuntimeException {
    IdempotentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
