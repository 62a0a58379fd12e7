package io.holdfast.engine.delivery;

import io.holdfast.engine.state.Notice;
import java.util.Optional;

/** What a participant is told. */
public enum Instruction {
    /** Vote; after a yes both outcomes must stay possible. */
    PREPARE,
    CONFIRM,
    CANCEL,
    /** {@link io.holdfast.engine.state.Notice#FORGET}. */
    FORGET,
    /** {@link io.holdfast.engine.state.Notice#OUTCOME}. */
    OUTCOME;

    /** What tells this notice. */
    public static Instruction telling(Notice notice) {
        return switch (notice) {
            case FORGET -> FORGET;
            case OUTCOME -> OUTCOME;
        };
    }

    /** The notice that it tells, if it tells one. */
    public Optional<Notice> notice() {
        return switch (this) {
            case PREPARE, CONFIRM, CANCEL -> Optional.empty();
            case FORGET -> Optional.of(Notice.FORGET);
            case OUTCOME -> Optional.of(Notice.OUTCOME);
        };
    }
}
