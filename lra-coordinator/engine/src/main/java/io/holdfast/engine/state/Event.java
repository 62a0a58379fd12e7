package io.holdfast.engine.state;

import java.time.Instant;
import java.util.Set;
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
            @Nullable TransactionId parent,
            @Nullable Instant deadline)
            implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            throw new IllegalStateException("Transaction " + tx.id() + " was started twice");
        }
    }

    record Joined(ParticipantId participant, ParticipantKind kind, String address, String data, Set<Notice> wants)
            implements Event {
        public Joined {
            wants = Notice.copyOf(wants);
        }

        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            Participant joining = Participant.joining(participant, kind, address, data, wants);
            return tx.with(tx.participants().plus(tx.state().isDecided() ? joining.withState(idleState(tx)) : joining));
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
            return tx.changingAll(participant -> stayedBehind(participant)
                            ? participant
                            : participant.withState(ParticipantState.CANCELLING))
                    .decided(reason)
                    .with(TransactionState.CANCELLING);
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

    /** The participant refused for good what it was told. */
    record ParticipantFailed(ParticipantId participant, String cause) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            Participant failing = tx.participant(participant);
            ParticipantState failed = failing.state().isBeingTold(true)
                    ? ParticipantState.FAILED_TO_CONFIRM
                    : ParticipantState.FAILED_TO_CANCEL;
            return tx.changing(failing.withState(failed).owing(Notice.FORGET));
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
            Transaction ended = tx.ended(at).with(state);
            return ended.isProvisional() ? ended : ended.changingAll(participant -> participant.owing(Notice.OUTCOME));
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

    /**
     * The top-level transaction has been confirmed: a nested one's confirmation is for good now. Its participants may forget, unless
     * they were told to confirm because of that and never had to be ready to cancel.
     */
    record Settled() implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            boolean wasProvisional = tx.reason() != Reason.TOP_LEVEL;
            return tx.onItsOwn()
                    .changingAll(participant -> (wasProvisional && participant.state() == ParticipantState.CONFIRMED
                                    ? participant.owing(Notice.FORGET)
                                    : participant)
                            .owing(Notice.OUTCOME));
        }
    }

    record NoticeAcknowledged(ParticipantId participant, Notice notice) implements Event {
        @Override
        public boolean forced() {
            return false;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(tx.participant(participant).acknowledging(notice));
        }
    }

    /** The owner has no more use for it; it stays as long as any other. */
    record Disowned() implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.leftByOwner();
        }
    }

    /**
     * A person has looked at a failed transaction: nobody is told anything more, and it may go.
     *
     * @param who and {@code why}: as the person said, may be empty
     */
    record OperatorResolved(String who, String why) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changingAll(Participant::owingNothing);
        }
    }

    /**
     * A person has done what the participant was told, or answers for it: it counts as done, and is told nothing more. One that has
     * failed counts as having done what was decided.
     *
     * @param who and {@code why}: as the person said
     */
    record ParticipantResolved(ParticipantId participant, String who, String why) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            Participant resolved = tx.participant(participant);
            return tx.changing(resolved.withState(resolvedState(tx, resolved)).owingNothing());
        }
    }

    /**
     * A person has the participant told the other side from now on, whatever the transaction has decided.
     *
     * @param who and {@code why}: as the person said
     */
    record ParticipantForced(ParticipantId participant, String who, String why) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.changing(
                    participant,
                    tx.participant(participant).state().isBeingTold(true)
                            ? ParticipantState.CANCELLING
                            : ParticipantState.CONFIRMING);
        }
    }

    /** From now on no refusal turns the decision to confirm round any more. */
    record MadeFirm() implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.decided(Reason.REQUESTED);
        }
    }

    /** The owner has to be told of it, and it is kept until it acknowledges that. */
    record HeuristicRecorded(Heuristic heuristic) implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.withHeuristic(heuristic);
        }
    }

    record HeuristicAcknowledged() implements Event {
        @Override
        public boolean forced() {
            return true;
        }

        @Override
        public Transaction applyTo(Transaction tx) {
            return tx.withHeuristic(null);
        }
    }

    /** What failed to confirm, or was forced to cancel, has nothing to cancel; below a nested one others may have confirmed. */
    private static boolean stayedBehind(Participant participant) {
        return participant.kind() != ParticipantKind.NESTED
                && (participant.state().isFailed() || participant.state() == ParticipantState.CANCELLED);
    }

    /** What it is told, which a person may have forced; one that has failed, as the transaction has decided. */
    private static ParticipantState resolvedState(Transaction tx, Participant participant) {
        return switch (participant.state()) {
            case CONFIRMING -> ParticipantState.CONFIRMED;
            case CANCELLING -> ParticipantState.CANCELLED;
            case ACTIVE, PREPARED, PRE_COMMITTED, CONFIRMED, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL ->
                idleState(tx);
        };
    }

    private static ParticipantState idleState(Transaction tx) {
        return tx.state().confirms() ? ParticipantState.CONFIRMED : ParticipantState.CANCELLED;
    }
}
