package io.holdfast.coordinator.lra;

/** There is no such LRA: it was never started here, or it ended and was forgotten. */
public final class UnknownLraException extends RuntimeException {
    public UnknownLraException(String message) {
        super(message);
    }
}
