package io.holdfast.api;

import org.jspecify.annotations.Nullable;

/** A call that could not be done; the message starts with a number that docs/messages.md explains. */
public class HoldfastException extends RuntimeException {
    public HoldfastException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public HoldfastException(String message) {
        this(message, null);
    }
}
