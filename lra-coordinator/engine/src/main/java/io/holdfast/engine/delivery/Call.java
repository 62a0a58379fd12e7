package io.holdfast.engine.delivery;

import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;

/**
 * One attempt to tell a participant something.
 *
 * @param attempt 1 for the first; later ones may follow an answer that was lost. Who may have been told before this engine was started
 *     is told by a later one
 */
public record Call(Transaction transaction, Participant participant, Instruction instruction, int attempt) {
    /**
     * Whether a person has it told the other side of what its transaction has decided, which it may have been told before: that it knows
     * of nothing any more does not mean that it has done this.
     */
    public boolean isForced() {
        return switch (instruction) {
            case CONFIRM -> transaction.state().cancels();
            case CANCEL -> transaction.state().confirms();
            case PREPARE, FORGET, OUTCOME -> false;
        };
    }
}
