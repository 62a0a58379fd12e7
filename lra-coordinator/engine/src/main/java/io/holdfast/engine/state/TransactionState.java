package io.holdfast.engine.state;

/** The states of a transaction, whatever drives it. The words of LRA and XA appear at the border only. */
public enum TransactionState {
    /** Participants may join. */
    ACTIVE,
    /** The voting participants are being asked. */
    PREPARING,
    /** All have voted yes; only its owner may decide. A held LRA is in this state. */
    PREPARED,
    /** Three-phase commit: all participants know that all have voted yes. */
    PRE_COMMITTED,
    CONFIRMING,
    CONFIRMED,
    CANCELLING,
    CANCELLED,
    FAILED_TO_CONFIRM,
    FAILED_TO_CANCEL;

    /** Whether nothing is left to be delivered. */
    public boolean isFinal() {
        return switch (this) {
            case ACTIVE, PREPARING, PREPARED, PRE_COMMITTED, CONFIRMING, CANCELLING -> false;
            case CONFIRMED, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> true;
        };
    }

    /** Whether confirm or cancel has been decided. */
    public boolean isDecided() {
        return confirms() || cancels();
    }

    /** Whether the decision is confirm. */
    public boolean confirms() {
        return this == CONFIRMING || this == CONFIRMED || this == FAILED_TO_CONFIRM;
    }

    /** Whether the decision is cancel. */
    public boolean cancels() {
        return this == CANCELLING || this == CANCELLED || this == FAILED_TO_CANCEL;
    }

    /** Whether a participant failed for good, so that a person has to look. */
    public boolean isFailed() {
        return this == FAILED_TO_CONFIRM || this == FAILED_TO_CANCEL;
    }
}
