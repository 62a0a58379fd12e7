package io.holdfast.api;

/**
 * A local participant does not do what it is told, though it was told often or for long, or it refuses for good; a person may have to act. The
 * decision stays as it is, and unless it was refused it is told again, at the slowest interval.
 *
 * @param enlisted as {@link HoldfastConnection#enlist(LocalParticipant)} gave it
 * @param participant as it was enlisted, with its newest data
 * @param decision what it is told
 * @param attempts how many were made in this run of the adapter
 * @param refused whether it refused for good
 * @param cause what came of the last attempt
 */
public record ParticipantAlarm(
        Enlisted enlisted,
        LocalParticipant participant,
        LocalCall.Decision decision,
        int attempts,
        boolean refused,
        String cause) {}
