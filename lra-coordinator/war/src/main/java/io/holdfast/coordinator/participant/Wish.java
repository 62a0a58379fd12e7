package io.holdfast.coordinator.participant;

import io.holdfast.engine.delivery.Instruction;

/** What a participant is to do, with its words: the statuses of MicroProfile LRA 2.0, section "participant states". */
enum Wish {
    COMPLETE(Rel.COMPLETE, "Completing", "Completed"),
    COMPENSATE(Rel.COMPENSATE, "Compensating", "Compensated");

    private static final String FAILED = "FailedTo";

    private final Rel rel;
    private final String workingOnIt;
    private final String finished;

    Wish(Rel rel, String workingOnIt, String finished) {
        this.rel = rel;
        this.workingOnIt = workingOnIt;
        this.finished = finished;
    }

    static Wish of(Instruction instruction) {
        return switch (instruction) {
            case CONFIRM -> COMPLETE;
            case CANCEL -> COMPENSATE;
            case PREPARE ->
                throw new IllegalArgumentException("An LRA participant has done its part and does not vote");
            case FORGET, OUTCOME -> throw new IllegalArgumentException(instruction + " is a notice");
        };
    }

    Rel rel() {
        return rel;
    }

    boolean isFinished(String body) {
        return word(body).equals(finished);
    }

    boolean isInProgress(String body) {
        return word(body).equals(workingOnIt);
    }

    boolean isFailure(String body) {
        return word(body).startsWith(FAILED);
    }

    private static String word(String body) {
        return body.length() > 1 && body.startsWith("\"") && body.endsWith("\"")
                ? body.substring(1, body.length() - 1)
                : body;
    }
}
