package io.holdfast.api;

/** What became of a flow ({@link HoldfastConnectionFactory#enlist(String, LocalParticipant)}). */
public enum FlowState {
    /** It has no participant, or has ended well and was forgotten. */
    UNKNOWN,
    /** Not decided. */
    ACTIVE,
    CONFIRMING,
    CONFIRMED,
    CANCELLING,
    CANCELLED,
    /** A participant refused for good; a person has to look at it. */
    FAILED_TO_CONFIRM,
    /** A participant refused for good; a person has to look at it. */
    FAILED_TO_CANCEL
}
