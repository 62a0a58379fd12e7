package io.holdfast.engine.state;

/** What a participant wants to be told after its part is over; each is repeated until it is acknowledged. */
public enum Notice {
    /** It may forget the transaction: it failed for good and that is durable, or the top-level transaction has been confirmed after it. */
    FORGET,
    /** How the transaction has ended. */
    OUTCOME
}
