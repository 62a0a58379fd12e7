package io.holdfast.lra.client;

import io.holdfast.lra.messages.ParticipantMessage;
import java.util.Collection;

/** An LRA is at a coordinator that is not on the list; that was not called. */
public final class UntrustedCoordinatorException extends CoordinatorException {
    UntrustedCoordinatorException(LraId lra, Collection<CoordinatorAddress> trusted) {
        super(
                ParticipantMessage.UNTRUSTED_COORDINATOR,
                null,
                Shown.head(lra.toString()),
                Shown.head(lra.coordinator().toString()),
                trusted);
    }
}
