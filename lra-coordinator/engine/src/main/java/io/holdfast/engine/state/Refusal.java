package io.holdfast.engine.state;

/** Why a command was not obeyed. Nothing has changed. */
public enum Refusal {
    /** Participants join, leave and renew only while it is active. */
    NOT_ACTIVE,
    /** It is held (prepared): only its owner ends it. */
    HELD,
    /** The owner token does not match. */
    WRONG_OWNER,
    UNKNOWN_PARTICIPANT,
    /** Another participant of it is reached at that address. */
    ADDRESS_TAKEN,
    /** The opposite has been decided. */
    DECIDED_OTHERWISE,
    /** It has voting participants that were not asked yet. */
    NOT_PREPARED,
    /** It cannot be forgotten before its end. */
    NOT_ENDED,
    /** Only what has failed for good needs a person. */
    NOT_FAILED,
    /** Nobody is told a decision now, or this participant is not told it yet. */
    NOT_BEING_TOLD,
    /** The participant has answered what it was told, and is told nothing more. */
    ANSWERED
}
