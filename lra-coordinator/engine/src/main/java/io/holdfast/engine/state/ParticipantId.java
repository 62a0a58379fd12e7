package io.holdfast.engine.state;

/** The id of a participant within its transaction: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}, never guessable. */
public final class ParticipantId extends Identifier {
    public ParticipantId(String value) {
        super("participant id", value);
    }

    /** The id of 32 hexadecimal digits that the two numbers are. */
    public ParticipantId(long high, long low) {
        super(high, low);
    }
}
