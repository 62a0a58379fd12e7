package io.holdfast.coordinator.input;

/** An address names a host that is not trusted; the message names the host and the property that widens the list. */
public final class HostNotAllowedException extends RuntimeException {
    public HostNotAllowedException(String message) {
        super(message);
    }
}
