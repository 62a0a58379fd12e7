package io.holdfast.engine.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one transaction, as it stands in the log. An event is never changed once it is written; the codec in
 * {@code io.holdfast.engine.log} gives each its number.
 */
public sealed interface Event {
    /** Whether the one who caused it may only be answered when it is durable. What is not forced can be found out again. */
    boolean forced();

    /** The state after this event. A pure function; use {@link Machine#apply}, which checks the table of transitions. */
    Transaction applyTo(Transaction tx);

    record Started(
            TransactionId id,
            Instant at,
            String origin,
            @Nullable String owner,
            @Nullable Instant deadline) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            throw new IllegalStateException("Transaction " + tx.id() + " was started twice");
        }
    }

    record Joined(ParticipantId participant, ParticipantKind kind, String address, String data) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.with(tx.participants().plus(Participant.joining(participant, kind, address, data)));
        }
    }

    record DataStored(ParticipantId participant, String data) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(tx.participant(participant).withData(data));
        }
    }

    /** The participant is reached elsewhere from now on. */
    record Relocated(ParticipantId participant, String address, boolean forced) implements Event {
        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(tx.participant(participant).withAddress(address));
        }
    }

    record Left(ParticipantId participant) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.with(tx.participants().minus(participant));
        }
    }

    record Renewed(@Nullable Instant deadline) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.withDeadline(deadline);
        }
    }

    record PreparationStarted(boolean decideWhenPrepared) implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.preparing(decideWhenPrepared).with(TransactionState.PREPARING);
        }
    }

    record VotedYes(ParticipantId participant) implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(participant, ParticipantState.PREPARED);
        }
    }

    record Prepared() implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changingAll(ParticipantState.PREPARED).with(TransactionState.PREPARED);
        }
    }

    record PreCommitted() implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changingAll(ParticipantState.PRE_COMMITTED).with(TransactionState.PRE_COMMITTED);
        }
    }

    record ConfirmDecided(Reason reason) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changingAll(ParticipantState.CONFIRMING).decided(reason).with(TransactionState.CONFIRMING);
        }
    }

    record CancelDecided(Reason reason) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changingAll(ParticipantState.CANCELLING).decided(reason).with(TransactionState.CANCELLING);
        }
    }

    /** The participant has taken the decision and works on it. */
    record InProgress(ParticipantId participant, @Nullable String progressAddress) implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(tx.participant(participant).inProgressAt(progressAddress));
        }
    }

    record ParticipantConfirmed(ParticipantId participant) implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(participant, ParticipantState.CONFIRMED);
        }
    }

    record ParticipantCancelled(ParticipantId participant) implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(participant, ParticipantState.CANCELLED);
        }
    }

    /** The participant refused the decision for good. */
    record ParticipantFailed(ParticipantId participant, String cause) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(
                    participant,
                    tx.state().confirms() ? ParticipantState.FAILED_TO_CONFIRM : ParticipantState.FAILED_TO_CANCEL);
        }
    }

    record Ended(TransactionState state, Instant at) implements Event {
        public Ended {
            if (!state.isFinal()) {
                throw new IllegalArgumentException(state + " is not a final state");
            }
        }

        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.ended(at).with(state);
        }
    }

    record Forgotten() implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx;
        }
    }
}
