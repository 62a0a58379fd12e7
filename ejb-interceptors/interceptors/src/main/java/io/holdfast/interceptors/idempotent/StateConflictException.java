package io.holdfast.interceptors.idempotent;

/** The row of a {@link StateGuard} is not there, or in a state from which the call is not allowed; it is no repeated call. */
public final class StateConflictException extends IdempotentException {
    StateConflictException(String message) {
        super(message, null);
    }
}
