package io.holdfast.interceptors.json;

import org.jspecify.annotations.Nullable;

/** A value that could not be written as JSON, or JSON that could not be read as the type that is asked for. */
public final class StoredValueException extends RuntimeException {
    StoredValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
