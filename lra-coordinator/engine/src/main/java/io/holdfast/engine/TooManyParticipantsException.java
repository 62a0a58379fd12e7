package io.holdfast.engine;

import io.holdfast.engine.state.TransactionId;

/** The transaction has as many participants as it may have; nothing has changed. */
public final class TooManyParticipantsException extends RuntimeException {
    TooManyParticipantsException(TransactionId id, int max) {
        super("Transaction " + id + " has " + max + " participants and takes no more");
    }
}
