package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;
import org.eclipse.microprofile.lra.annotation.LRAStatus;

/** The coordinator, or something in its place, answered with a status that is no success. */
public final class RefusedException extends CoordinatorException {
    /** The status for a participant that is not in the LRA. */
    public static final int NOT_JOINED = 400;

    private static final int NOT_ACTIVE = 412;

    private final int status;

    RefusedException(CoordinatorAddress coordinator, String request, Answer answer) {
        super(ParticipantMessage.REFUSED, null, coordinator, request, answer.status(), Shown.head(answer.body()));
        this.status = answer.status();
    }

    private RefusedException(LraId lra, LRAStatus status) {
        super(ParticipantMessage.NOT_ACTIVE, null, Shown.head(lra.toString()), status);
        this.status = NOT_ACTIVE;
    }

    /** For an LRA that only a running one will do for; its coordinator told its status. */
    public static RefusedException notActive(LraId lra, LRAStatus status) {
        return new RefusedException(lra, status);
    }

    /** The HTTP status: for example 412 when the LRA ends already. */
    public int status() {
        return status;
    }
}
