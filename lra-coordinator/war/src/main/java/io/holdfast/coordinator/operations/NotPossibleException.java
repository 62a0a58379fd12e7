package io.holdfast.coordinator.operations;

/** The LRA, or the branch of a resource adapter, is not in a state for what the operator wants; nothing has changed. */
public final class NotPossibleException extends RuntimeException {
    NotPossibleException(String message) {
        super(message);
    }
}
