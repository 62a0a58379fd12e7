package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;

/** The coordinator does not know the LRA: it never was, or it has ended and was forgotten. */
public final class UnknownLraException extends CoordinatorException {
    UnknownLraException(LraId lra, int status) {
        super(ParticipantMessage.UNKNOWN_LRA, null, lra.coordinator(), Shown.head(lra.toString()), status);
    }
}
