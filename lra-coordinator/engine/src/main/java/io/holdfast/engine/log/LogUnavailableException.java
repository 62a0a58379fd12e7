package io.holdfast.engine.log;

import org.jspecify.annotations.Nullable;

/** The log cannot be opened. Nothing has been changed. */
public class LogUnavailableException extends RuntimeException {
    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
