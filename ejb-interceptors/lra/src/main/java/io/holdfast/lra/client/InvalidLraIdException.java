package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;

/** What should be the id of an LRA is not one; no coordinator was called. */
public final class InvalidLraIdException extends CoordinatorException {
    InvalidLraIdException(String id, String reason) {
        super(ParticipantMessage.INVALID_LRA_ID, null, Shown.head(id), reason);
    }
}
