package io.holdfast.interceptors.idempotent;

/** The first call with the same key was still running, or MySQL let none of several go on that waited for it; call again later. */
public final class CallRunningException extends IdempotentException {
    CallRunningException(String message, Throwable cause) {
        super(message, cause);
    }
}
