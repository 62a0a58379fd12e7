package io.holdfast.rar;

import io.holdfast.api.Progress;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine's states in the words of those that ask. */
final class ProgressQuery {
    private ProgressQuery() {}

    /** @param participant null for the transaction as a whole */
    static Progress answer(Coordinator engine, Patience patience, String transaction, @Nullable String participant) {
        Transaction found;
        try {
            found = patience.await(engine.find(new TransactionId(transaction)));
            return participant == null ? of(found.state()) : of(found, new ParticipantId(participant));
        } catch (UnknownTransactionException | IllegalArgumentException unknown) {
            return Progress.UNKNOWN;
        }
    }

    private static Progress of(Transaction transaction, ParticipantId participant) {
        Optional<ParticipantState> state =
                transaction.participants().find(participant).map(found -> found.state());
        return state.map(known -> switch (known) {
                    case ACTIVE, PREPARED, PRE_COMMITTED -> of(transaction.state());
                    case CONFIRMING -> Progress.CONFIRMING;
                    case CONFIRMED -> Progress.CONFIRMED;
                    case CANCELLING -> Progress.CANCELLING;
                    case CANCELLED -> Progress.CANCELLED;
                    case FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> Progress.FAILED;
                })
                .orElse(Progress.UNKNOWN);
    }

    private static Progress of(TransactionState state) {
        return switch (state) {
            case ACTIVE, PREPARING, PREPARED, PRE_COMMITTED -> Progress.UNDECIDED;
            case CONFIRMING -> Progress.CONFIRMING;
            case CONFIRMED -> Progress.CONFIRMED;
            case CANCELLING -> Progress.CANCELLING;
            case CANCELLED -> Progress.CANCELLED;
            case FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> Progress.FAILED;
        };
    }
}
