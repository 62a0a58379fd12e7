package io.holdfast.engine.delivery;

import io.holdfast.engine.state.Participant;
import java.util.concurrent.CompletionStage;

/**
 * The border to the participants: knows their protocol (LRA callbacks, hold and close at a coordinator, local beans).
 * Thread-safe.
 */
public interface ParticipantDriver {
    /** The name of the queue that the participant's calls go through, for example scheme, host and port. */
    String endpointOf(Participant participant);

    /**
     * Tells the participant once, without blocking. The stage must complete within a time-out of the driver's own; when it
     * completes exceptionally the participant counts as unreachable. The same call can be made again, also after a restart.
     */
    CompletionStage<Answer> deliver(Call call);

    /** Hears that a participant does not do what it is told; must not block. */
    default void alarmed(Alarm alarm) {}
}
