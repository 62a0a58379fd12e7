package io.holdfast.api;

/** How far a transaction, or one of its participants, has come; a notification is such a participant. */
public enum Progress {
    /** The transaction has not been decided. */
    UNDECIDED(false),
    /** The transaction has committed; the participant is being told, again and again until it has answered. */
    CONFIRMING(false),
    /** Done; a notification has been acknowledged. */
    CONFIRMED(true),
    /** The transaction has rolled back; the participant is being told. */
    CANCELLING(false),
    /** Taken back; a notification was dropped and never sent. */
    CANCELLED(true),
    /** Refused for good, or given up: a person has to look at it. */
    FAILED(true),
    /** Not known here: never heard of, or ended longer ago than outcomes are kept (the adapter's statusRetentionSeconds). */
    UNKNOWN(true);

    private final boolean end;

    Progress(boolean end) {
        this.end = end;
    }

    /** Whether asking again gives no other answer. */
    public boolean isEnd() {
        return end;
    }
}
