package io.holdfast.sample.common;

import jakarta.ejb.ApplicationException;
import org.jspecify.annotations.Nullable;

/** A request that is answered with a reason and changes nothing: the transaction it runs in rolls back. */
@ApplicationException(rollback = true)
public class RefusedException extends RuntimeException {
    /** Why. The border to HTTP has a status for each. */
    public enum Reason {
        /** A value of the request is wrong. */
        INVALID,
        /** It names something that is not there. */
        UNKNOWN,
        /** What is there does not allow it. */
        CONFLICT,
        /** The business rules forbid it. */
        FORBIDDEN_BY_BUSINESS,
        /** A service that is needed cannot be reached. */
        UNAVAILABLE,
        /** Nobody knows whether it was done. */
        UNCLEAR
    }

    private final Reason reason;

    public RefusedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public RefusedException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
