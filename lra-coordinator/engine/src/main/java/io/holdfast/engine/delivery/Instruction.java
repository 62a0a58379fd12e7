package io.holdfast.engine.delivery;

/** What a participant is told. */
public enum Instruction {
    /** Vote; after a yes both outcomes must stay possible. */
    PREPARE,
    CONFIRM,
    CANCEL
}
