package io.holdfast.tests.coordinator;

/** Where the server's JVM is halted; kill-coordinator.btm has the rules. */
enum KillPoint {
    START_WRITTEN("Started.written"),
    START_FORCED("Started.forced"),
    JOIN_WRITTEN("Joined.written"),
    JOIN_FORCED("Joined.forced"),
    LEAVE_FORCED("Left.forced"),
    RENEWAL_WRITTEN("Renewed.written"),
    CLOSE_WRITTEN("ConfirmDecided.written"),
    CLOSE_DURABLE_BEFORE_THE_FIRST_CALL("CONFIRM.first"),
    BETWEEN_TWO_CALLS("CONFIRM.second"),
    LAST_ANSWER_BEFORE_THE_END_IS_LOGGED("Ended.before"),
    CANCEL_DURABLE_BEFORE_THE_FIRST_CALL("CANCEL.first"),
    PARENT_CLOSED_BEFORE_THE_NESTED_IS_SETTLED("Settled.before"),
    CHECKPOINT_WRITTEN("checkpoint.written"),
    FIRST_OLD_FILE_DELETED("checkpoint.deleted");

    private final String rule;

    KillPoint(String rule) {
        this.rule = rule;
    }

    /** How the rules name it. */
    String rule() {
        return rule;
    }

    /** Whether the log must grow until it is replaced by a checkpoint. */
    boolean needsMuchData() {
        return rule.startsWith("checkpoint");
    }
}
