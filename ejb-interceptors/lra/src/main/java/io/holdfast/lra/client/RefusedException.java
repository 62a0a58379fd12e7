package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;

/** The coordinator, or something in its place, answered with a status that is no success. */
public final class RefusedException extends CoordinatorException {
    private final int status;

    RefusedException(CoordinatorAddress coordinator, String request, Answer answer) {
        super(ParticipantMessage.REFUSED, null, coordinator, request, answer.status(), Shown.head(answer.body()));
        this.status = answer.status();
    }

    /** The HTTP status: for example 412 when the LRA ends already. */
    public int status() {
        return status;
    }
}
