package io.holdfast.interceptors.idempotent;

import org.jspecify.annotations.Nullable;

/**
 * The first call with the same key was still running, or MySQL let none of several go on that waited for it; call again later. Or it is the
 * first call itself that makes this one, in its own transaction (HFINT051).
 */
public final class CallRunningException extends IdempotentException {
    CallRunningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
