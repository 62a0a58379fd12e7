package io.holdfast.engine.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A wish or a report about one transaction; {@link Machine#decide} says what follows from it. */
public sealed interface Command {
    /** What this leads to in the given state. A pure function; use {@link Machine#decide}. */
    Decision decide(Transaction tx);

    /**
     * @param limit after which an undecided transaction is cancelled; null for never
     * @param first joins together with the start; null for nobody
     */
    record Start(
            TransactionId id,
            String origin,
            @Nullable String owner,
            @Nullable TransactionId parent,
            @Nullable Duration limit,
            Instant now,
            @Nullable Join first)
            implements Command {
        public Start(
                TransactionId id,
                String origin,
                @Nullable String owner,
                @Nullable TransactionId parent,
                @Nullable Duration limit,
                Instant now) {
            this(id, origin, owner, parent, limit, now, null);
        }

        @Override
        public Decision decide(Transaction tx) {
            throw new IllegalStateException("Transaction " + tx.id() + " was started already");
        }
    }

    /** @param limit shortens the transaction's own limit when it is earlier; null leaves it */
    record Join(
            ParticipantId newId,
            ParticipantKind kind,
            String address,
            String data,
            Set<Notice> wants,
            @Nullable Duration limit,
            Instant now)
            implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.join(tx, this);
        }
    }

    record StoreData(ParticipantId participant, String data) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.storeData(tx, this);
        }
    }

    record Relocate(ParticipantId participant, String address, boolean forced) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.relocate(tx, this);
        }
    }

    record Leave(ParticipantId participant) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.leave(tx, this);
        }
    }

    record Renew(@Nullable Duration limit, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.renew(tx, this);
        }
    }

    /** Asks the voting participants; with {@code decideWhenPrepared} (one-phase commit) the last yes is the decision. */
    record Prepare(boolean decideWhenPrepared, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.prepare(tx, this);
        }
    }

    record CastVote(ParticipantId participant, Vote vote, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.castVote(tx, this);
        }
    }

    /** From now on only the owner decides. */
    record Hold(@Nullable String owner) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.hold(tx, this);
        }
    }

    record PreCommit() implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.preCommit(tx);
        }
    }

    record Confirm(@Nullable String owner, Reason reason, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.confirm(tx, this);
        }
    }

    record Cancel(@Nullable String owner, Reason reason, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.cancel(tx, this);
        }
    }

    /** A person decides in the owner's place what is prepared. */
    record DecideByPerson(boolean confirm, String who, String why, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.decideByPerson(tx, this);
        }
    }

    /** The owner is about to be told that a participant ended otherwise than decided. */
    record RecordHazard(String why) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.recordHazard(tx, this);
        }
    }

    /** The owner knows of the heuristic outcome. */
    record AcknowledgeHeuristic(@Nullable String owner) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.acknowledgeHeuristic(tx, this);
        }
    }

    record DeadlinePassed(Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.deadlinePassed(tx, this);
        }
    }

    /** @param confirm what it was told; an answer to what it is not told any more means nothing */
    record ParticipantAnswered(ParticipantId participant, boolean confirm, Outcome outcome, Instant now)
            implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.answered(tx, this);
        }
    }

    /** A person answers for a participant: it counts as having done what it was told. */
    record ResolveParticipant(ParticipantId participant, String who, String why, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.resolveParticipant(tx, this);
        }
    }

    /** A person has a participant that gives no answer told the other side. */
    record ForceParticipant(ParticipantId participant, String who, String why, Instant now) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.forceParticipant(tx, this);
        }
    }

    /** A confirmation that a refusal could turn round is for good from now on. */
    record MakeFirm(@Nullable String owner) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.makeFirm(tx, this);
        }
    }

    record Forget(@Nullable String owner) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.forget(tx, this);
        }
    }

    /** A person has looked at it. */
    record Resolve(String who, String why) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.resolve(tx, this);
        }
    }

    record AcknowledgeNotice(ParticipantId participant, Notice notice) implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.acknowledgeNotice(tx, this);
        }
    }

    /** The top-level transaction has been confirmed. */
    record Settle() implements Command {
        @Override
        public Decision decide(Transaction tx) {
            return Machine.settle(tx);
        }
    }

    /** What a participant answers to what it is told. */
    sealed interface Outcome {
        /** The event that this answer is, given what the participant is told. */
        Event toEvent(Transaction tx, ParticipantId participant);

        record Done() implements Outcome {
            @Override
            public Event toEvent(Transaction tx, ParticipantId participant) {
                return tx.participant(participant).state().isBeingTold(true)
                        ? new Event.ParticipantConfirmed(participant)
                        : new Event.ParticipantCancelled(participant);
            }
        }

        record InProgress(@Nullable String progressAddress) implements Outcome {
            @Override
            public Event toEvent(Transaction tx, ParticipantId participant) {
                return new Event.InProgress(participant, progressAddress);
            }
        }

        record Failed(String cause) implements Outcome {
            @Override
            public Event toEvent(Transaction tx, ParticipantId participant) {
                return new Event.ParticipantFailed(participant, cause);
            }
        }
    }
}
