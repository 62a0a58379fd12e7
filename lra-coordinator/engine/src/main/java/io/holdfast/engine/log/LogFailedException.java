package io.holdfast.engine.log;

import org.jspecify.annotations.Nullable;

/** A write to the log has failed, so that nothing can be promised any more; the node takes no more work. */
public final class LogFailedException extends RuntimeException {
    public LogFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
