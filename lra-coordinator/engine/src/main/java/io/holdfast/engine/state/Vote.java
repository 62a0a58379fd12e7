package io.holdfast.engine.state;

/** What a voting participant answers. */
public enum Vote {
    YES,
    /** Nothing to decide: it leaves the transaction. */
    READ_ONLY,
    /** It refuses. */
    NO,
    /** It did not answer in time, which counts as a refusal. */
    UNREACHABLE
}
