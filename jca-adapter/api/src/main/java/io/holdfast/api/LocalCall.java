package io.holdfast.api;

/**
 * A decision for a local participant.
 *
 * @param enlisted as {@link HoldfastConnection#enlist(LocalParticipant)} gave it
 * @param participant as it was enlisted, with its newest data
 * @param decision what was decided
 * @param attempt 1 for the first in this run of the adapter; of a later one, what came of an earlier is not known
 */
public record LocalCall(Enlisted enlisted, LocalParticipant participant, Decision decision, int attempt) {
    /** What becomes of a transaction. */
    public enum Decision {
        CONFIRM,
        CANCEL
    }
}
