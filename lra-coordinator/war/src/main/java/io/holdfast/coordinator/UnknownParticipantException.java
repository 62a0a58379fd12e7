package io.holdfast.coordinator;

/** The LRA has no such participant. */
public final class UnknownParticipantException extends RuntimeException {
    UnknownParticipantException(String message) {
        super(message);
    }
}
