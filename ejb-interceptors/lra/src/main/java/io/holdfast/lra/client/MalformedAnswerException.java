package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;
import org.jspecify.annotations.Nullable;

/** The answer was not one of a coordinator. Whether the request was done is not known. */
public final class MalformedAnswerException extends CoordinatorException {
    MalformedAnswerException(CoordinatorAddress coordinator, String request, String reason, @Nullable Throwable cause) {
        super(ParticipantMessage.MALFORMED_ANSWER, cause, coordinator, request, reason);
    }
}
