package io.holdfast.engine.delivery;

import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;

/**
 * One attempt to tell a participant something.
 *
 * @param attempt 1 for the first since this engine was started; later ones may follow an answer that was lost
 */
public record Call(Transaction transaction, Participant participant, Instruction instruction, int attempt) {}
