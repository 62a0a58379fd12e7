package io.holdfast.engine.state;

/** How a participant takes part in the decision. */
public enum ParticipantKind {
    /** Has done its part when it joins and counts as a yes: a TCC try, an LRA participant, an action with an undo. */
    ACTED,
    /** Is asked before the decision and may refuse: an LRA in a JTA branch, another server's branch. */
    VOTING,
    /** Acts on confirm only and is dropped on cancel: a message, a notification. */
    DEFERRED,
    /** Has no part of its own and only wants to be told the outcome; may join until the transaction has ended. */
    LISTENER,
    /** A nested transaction, which may have an outcome of its own before; its address is its id. */
    NESTED,
    /**
     * An action that stands once it has run, with an undo. Like one that has acted, but the transaction's actions are cancelled one
     * after the other, the last first: the next is told when the one before has been cancelled, or a person has resolved it.
     */
    ACTION
}
