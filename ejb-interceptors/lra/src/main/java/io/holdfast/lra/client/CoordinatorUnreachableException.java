package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;
import java.util.List;

/** No coordinator could be connected, or the connected one gave no answer in time. */
public final class CoordinatorUnreachableException extends CoordinatorException {
    private final boolean mayHaveBeenDone;

    private CoordinatorUnreachableException(
            boolean mayHaveBeenDone, ParticipantMessage message, Throwable cause, Object... arguments) {
        super(message, cause, arguments);
        this.mayHaveBeenDone = mayHaveBeenDone;
    }

    static CoordinatorUnreachableException notConnected(
            List<CoordinatorAddress> tried, String request, Throwable cause) {
        return new CoordinatorUnreachableException(
                false, ParticipantMessage.NOT_CONNECTED, cause, tried, request, Shown.head(cause.toString()));
    }

    /** The last of several that could not be connected. */
    CoordinatorUnreachableException afterAll(List<CoordinatorAddress> tried, String request) {
        Throwable reason = getCause() == null ? this : getCause();
        return notConnected(tried, request, reason);
    }

    static CoordinatorUnreachableException noAnswer(CoordinatorAddress coordinator, String request, Exception cause) {
        return new CoordinatorUnreachableException(
                true, ParticipantMessage.NO_ANSWER, cause, coordinator, request, Shown.head(cause.toString()));
    }

    /** Whether the request was sent: then it may have been done, and a started LRA may be open until its time limit. */
    public boolean mayHaveBeenDone() {
        return mayHaveBeenDone;
    }
}
