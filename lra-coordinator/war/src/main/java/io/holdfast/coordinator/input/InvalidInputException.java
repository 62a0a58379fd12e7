package io.holdfast.coordinator.input;

/** Something that came from outside is not what it has to be; the message names the value and the bound. Nothing has changed. */
public final class InvalidInputException extends RuntimeException {
    public InvalidInputException(String message) {
        super(message);
    }
}
