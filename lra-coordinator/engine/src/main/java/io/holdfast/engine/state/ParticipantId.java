package io.holdfast.engine.state;

/** The id of a participant within its transaction: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}, never guessable. */
public record ParticipantId(String value) {
    public ParticipantId {
        Identifiers.check("participant id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
