package io.holdfast.engine.log;

/** A record in the middle of the log is damaged. Nothing has been changed: what stands behind it is still there. */
public final class LogDamagedException extends LogUnavailableException {
    public LogDamagedException(String message) {
        super(message, null);
    }
}
