package io.holdfast.engine.state;

/** Why a transaction was decided as it was. */
public enum Reason {
    /** The owner, or who closes or cancels, asked for it. */
    REQUESTED,
    /** The time limit passed. */
    TIME_LIMIT,
    /** A voting participant refused. */
    VOTED_NO,
    /** A voting participant did not answer. */
    NO_VOTE,
    /** The transaction around it was confirmed or cancelled. */
    PARENT,
    /** It was confirmed, but the transaction around it was cancelled later. */
    REVERSED,
    /** The top-level transaction around it was confirmed, so that nothing changes its own confirmation any more. */
    TOP_LEVEL,
    /** Found undecided after a restart: presumed abort. */
    PRESUMED_ABORT,
    /** A person decided in the owner's place ({@link Heuristic}). */
    PERSON,
    /** Asked for, and a refusal turns it round as long as nobody has confirmed: one at a time is told until the first has. */
    ONE_BY_ONE,
    /** The first that was told to confirm refused for good, before anybody had confirmed. */
    CONFIRM_REFUSED
}
