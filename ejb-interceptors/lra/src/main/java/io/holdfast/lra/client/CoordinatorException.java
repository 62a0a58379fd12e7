package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;
import org.jspecify.annotations.Nullable;

/** What was wanted of a coordinator has not been done, or nobody knows. The message begins with its number. */
public abstract sealed class CoordinatorException extends Exception
        permits CoordinatorUnreachableException,
                InvalidLraIdException,
                MalformedAnswerException,
                RefusedException,
                UnknownLraException,
                UntrustedCoordinatorException {
    private final String line;

    CoordinatorException(ParticipantMessage message, @Nullable Throwable cause, Object... arguments) {
        super(message.line(arguments), cause);
        this.line = message.line(arguments);
    }

    /** The message, which is never null. */
    public String line() {
        return line;
    }
}
