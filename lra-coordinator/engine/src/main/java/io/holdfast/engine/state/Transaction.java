package io.holdfast.engine.state;

import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as it is after the events applied so far. Immutable.
 *
 * @param origin what the border needs to find it again: an LRA's client id, a branch's Xid
 * @param owner the token without which only a cancel before the hold is obeyed; null for a transaction that anybody may end
 * @param disowned whether the owner has no more use for it
 * @param parent the transaction that it is nested in, null for a top-level one
 * @param deadline when an undecided transaction is cancelled; null for never
 * @param decideWhenPrepared whether the last yes is the decision (one-phase commit)
 * @param reason why it was decided, null before
 * @param endedAt when the last participant answered, null before
 * @param heuristic what its owner has to be told besides the decision and has not acknowledged yet; null when nothing
 */
public record Transaction(
        TransactionId id,
        TransactionState state,
        String origin,
        @Nullable String owner,
        boolean disowned,
        @Nullable TransactionId parent,
        Instant startedAt,
        @Nullable Instant deadline,
        boolean decideWhenPrepared,
        @Nullable Reason reason,
        @Nullable Instant endedAt,
        @Nullable Heuristic heuristic,
        Participants participants) {

    /** The participant, which must exist. */
    public Participant participant(ParticipantId participantId) {
        return participants
                .find(participantId)
                .orElseThrow(
                        () -> new IllegalStateException("Transaction " + id + " has no participant " + participantId));
    }

    static Transaction started(Event.Started event) {
        return new Transaction(
                event.id(),
                TransactionState.ACTIVE,
                event.origin(),
                event.owner(),
                false,
                event.parent(),
                event.at(),
                event.deadline(),
                false,
                null,
                null,
                null,
                Participants.none());
    }

    /** Whether it is confirmed, but only until the transaction around it has ended. */
    public boolean isProvisional() {
        return parent != null && (state == TransactionState.CONFIRMED || state == TransactionState.FAILED_TO_CONFIRM);
    }

    /** Whether its owner holds it within another transaction, which has to wait for the owner's decision. */
    public boolean isInDoubt() {
        return parent != null && owner != null && state == TransactionState.PREPARED;
    }

    /** Whether a refusal still turns the decision to confirm round, because none of those who may refuse has confirmed. */
    public boolean isReversible() {
        return state == TransactionState.CONFIRMING
                && reason == Reason.ONE_BY_ONE
                && acted().findAny().isPresent()
                && acted().noneMatch(participant -> participant.state().isFinal());
    }

    /** Those who may refuse to confirm, in the order of joining. */
    Stream<Participant> acted() {
        return participants.stream().filter(participant -> participant.kind() == ParticipantKind.ACTED);
    }

    /** Nothing around it changes its outcome any more. */
    Transaction onItsOwn() {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                null,
                startedAt,
                deadline,
                decideWhenPrepared,
                reason,
                endedAt,
                heuristic,
                participants);
    }

    /** Whether its owner still has use for it. */
    public boolean isOwned() {
        return owner != null && !disowned;
    }

    /** The owner has no more use for it, and may say so again. */
    Transaction leftByOwner() {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                true,
                parent,
                startedAt,
                deadline,
                decideWhenPrepared,
                reason,
                endedAt,
                heuristic,
                participants);
    }

    Transaction with(TransactionState newState) {
        return new Transaction(
                id,
                newState,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                deadline,
                decideWhenPrepared,
                reason,
                endedAt,
                heuristic,
                participants);
    }

    Transaction with(Participants newParticipants) {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                deadline,
                decideWhenPrepared,
                reason,
                endedAt,
                heuristic,
                newParticipants);
    }

    Transaction withDeadline(@Nullable Instant newDeadline) {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                newDeadline,
                decideWhenPrepared,
                reason,
                endedAt,
                heuristic,
                participants);
    }

    Transaction preparing(boolean newDecideWhenPrepared) {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                deadline,
                newDecideWhenPrepared,
                reason,
                endedAt,
                heuristic,
                participants);
    }

    Transaction decided(Reason why) {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                deadline,
                decideWhenPrepared,
                Objects.requireNonNull(why),
                endedAt,
                heuristic,
                participants);
    }

    Transaction ended(Instant at) {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                deadline,
                decideWhenPrepared,
                reason,
                at,
                heuristic,
                participants);
    }

    Transaction withHeuristic(@Nullable Heuristic newHeuristic) {
        return new Transaction(
                id,
                state,
                origin,
                owner,
                disowned,
                parent,
                startedAt,
                deadline,
                decideWhenPrepared,
                reason,
                endedAt,
                newHeuristic,
                participants);
    }

    Transaction changing(Participant changed) {
        return with(participants.replace(changed));
    }

    Transaction changing(ParticipantId participantId, ParticipantState newState) {
        return changing(participant(participantId).withState(newState));
    }

    Transaction changingAll(ParticipantState newState) {
        return changingAll(participant -> participant.withState(newState));
    }

    Transaction changingAll(UnaryOperator<Participant> change) {
        return with(participants.replaceAll(change));
    }
}
