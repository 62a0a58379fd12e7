package io.holdfast.engine;

import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;

/** A command was not obeyed; nothing has changed. */
public final class RefusedException extends RuntimeException {
    private final Refusal refusal;
    private final transient Transaction transaction;

    RefusedException(Refusal refusal, Transaction transaction) {
        super("Transaction " + transaction.id() + " is " + transaction.state() + ": " + refusal);
        this.refusal = refusal;
        this.transaction = transaction;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** The transaction as it was when it refused. */
    public Transaction transaction() {
        return transaction;
    }
}
