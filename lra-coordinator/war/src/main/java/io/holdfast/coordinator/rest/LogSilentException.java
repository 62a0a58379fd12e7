package io.holdfast.coordinator.rest;

import java.time.Duration;

/** The log has not answered in time; whether what was asked for has become durable is unknown. */
final class LogSilentException extends RuntimeException {
    LogSilentException(Duration waited) {
        super("The coordinator's log has not answered within " + waited.toMillis()
                + " ms; whether the request has taken effect is unknown");
    }
}
