package io.holdfast.engine.state;

/** The states of a participant. */
public enum ParticipantState {
    /** Has joined; an acted participant counts as a yes. */
    ACTIVE,
    /** Has voted yes. */
    PREPARED,
    /** Three-phase commit: knows that all have voted yes. */
    PRE_COMMITTED,
    /** Is to be told to confirm, or has been told and has not finished. */
    CONFIRMING,
    CONFIRMED,
    /** Is to be told to cancel, or has been told and has not finished. */
    CANCELLING,
    CANCELLED,
    FAILED_TO_CONFIRM,
    FAILED_TO_CANCEL;

    /** Whether nothing more is delivered to it. */
    public boolean isFinal() {
        return this == CONFIRMED || this == CANCELLED || isFailed();
    }

    /** Whether it refused for good what it was told. */
    public boolean isFailed() {
        return this == FAILED_TO_CONFIRM || this == FAILED_TO_CANCEL;
    }

    /** Whether it is to be told to confirm, or to cancel, and has not finished. */
    boolean isBeingTold(boolean confirm) {
        return this == (confirm ? CONFIRMING : CANCELLING);
    }
}
