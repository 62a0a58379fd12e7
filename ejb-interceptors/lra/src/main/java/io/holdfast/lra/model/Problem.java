package io.holdfast.lra.model;

import io.holdfast.lra.messages.ParticipantMessage;
import java.lang.System.Logger.Level;

/**
 * Something that is wrong with the annotations of a class.
 *
 * @param line the number, the class and method, and what is wrong
 */
public record Problem(ParticipantMessage message, String line) {
    static Problem of(ParticipantMessage message, Object... arguments) {
        return new Problem(message, message.line(arguments));
    }

    /** Whether the application must not be deployed with it; else it is worth a line in the log. */
    public boolean stopsDeployment() {
        return message.level() == Level.ERROR;
    }

    /** Writes its line. */
    public void log() {
        message.logLine(line);
    }
}
