package io.holdfast.engine.delivery;

import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;

/**
 * A participant does not do what it is told; a person may have to act. Raised once for each instruction, and again after a restart.
 *
 * @param attempts how many were made in this run
 * @param refused whether it refused for good; else it is told again, at the slowest interval
 * @param cause what came of the last attempt
 */
public record Alarm(
        Transaction transaction,
        Participant participant,
        Instruction instruction,
        int attempts,
        boolean refused,
        String cause) {}
