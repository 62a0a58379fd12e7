package io.holdfast.engine;

import io.holdfast.engine.state.TransactionId;

/** There is no such transaction: it was never started here, or it ended and was forgotten. */
public final class UnknownTransactionException extends RuntimeException {
    UnknownTransactionException(TransactionId id) {
        super("There is no transaction " + id);
    }
}
