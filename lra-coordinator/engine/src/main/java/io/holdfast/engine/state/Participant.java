package io.holdfast.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * A participant of a transaction.
 *
 * @param address what the border's driver needs to reach it, for example the LRA Link header; opaque to the engine
 * @param data what the participant wants to be given back with the decision
 * @param progressAddress where to ask for its progress after it answered "in progress", if it told
 */
public record Participant(
        ParticipantId id,
        ParticipantKind kind,
        String address,
        String data,
        ParticipantState state,
        @Nullable String progressAddress) {

    /** A participant that has just joined. */
    public static Participant joining(ParticipantId id, ParticipantKind kind, String address, String data) {
        return new Participant(id, kind, address, data, ParticipantState.ACTIVE, null);
    }

    Participant withState(ParticipantState newState) {
        return new Participant(id, kind, address, data, newState, newState == state ? progressAddress : null);
    }

    Participant withData(String newData) {
        return new Participant(id, kind, address, newData, state, progressAddress);
    }

    Participant withAddress(String newAddress) {
        return new Participant(id, kind, newAddress, data, state, progressAddress);
    }

    Participant inProgressAt(@Nullable String newProgressAddress) {
        return new Participant(id, kind, address, data, state, newProgressAddress);
    }
}
