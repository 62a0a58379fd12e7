package io.holdfast.engine.state;

import io.holdfast.engine.state.Command.Outcome;
import io.holdfast.engine.state.Effect.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a transaction: two pure functions.
 *
 * <p>Two-phase commit with presumed abort after Mohan, Lindsay and Obermarck, "Transaction Management in the R* Distributed
 * Database Management System" (1986); the participant states of MicroProfile LRA 2.0 and Jakarta Transactions map onto it.
 */
public final class Machine {
    private Machine() {}

    /** What the start of a transaction leads to. */
    public static Decision start(Command.Start start) {
        Instant deadline = deadline(start.now(), start.limit());
        var started =
                new Event.Started(start.id(), start.now(), start.origin(), start.owner(), start.parent(), deadline);
        Command.Join first = start.first();
        if (first == null) {
            return new Decision(List.of(started), armed(deadline), null);
        }
        Decision joined = join(Transaction.started(started), first);
        List<Event> events = new ArrayList<>();
        events.add(started);
        events.addAll(joined.events());
        List<Effect> effects = joined.effects().isEmpty() ? armed(deadline) : joined.effects();
        return new Decision(events, effects, null);
    }

    /** What the command leads to in this state. */
    public static Decision decide(Transaction tx, Command command) {
        return command.decide(tx);
    }

    /** The effects that a transaction found in the log still needs, but for the notices that are {@link #owed}. */
    public static List<Effect> resume(Transaction tx) {
        return resume(tx, List.of());
    }

    /** What a transaction found in the log has to tell, whatever it does next. */
    public static List<Effect> owed(Transaction tx) {
        return notices(due(Participants.none(), tx.participants()));
    }

    /** @param due the notices that have become due by what led here; the others that are owed are being told already */
    private static List<Effect> resume(Transaction tx, List<Due> due) {
        return switch (tx.state()) {
            case ACTIVE -> armed(tx.deadline());
            case PREPARING -> preparing(tx);
            case PREPARED, PRE_COMMITTED -> List.of();
            case CONFIRMING -> telling(toConfirm(tx), toldInOrder(tx, false));
            case CANCELLING -> telling(toldInOrder(tx, true), toCancel(tx));
            case CONFIRMED, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> afterEnd(tx, due);
        };
    }

    /** Those of the decision, and those whom a person has forced to the other side. */
    private static List<Effect> telling(List<ParticipantId> toConfirm, List<ParticipantId> toCancel) {
        List<Effect> effects = new ArrayList<>();
        if (!toConfirm.isEmpty()) {
            effects.add(new Effect.DeliverConfirm(toConfirm));
        }
        if (!toCancel.isEmpty()) {
            effects.add(new Effect.DeliverCancel(toCancel));
        }
        return effects;
    }

    /** Who has not voted, or whose vote was lost in a crash, is asked again. */
    private static List<Effect> preparing(Transaction tx) {
        List<Effect> effects = new ArrayList<>(armed(tx.deadline()));
        effects.add(new Effect.AskForVotes(tx.participants().stream()
                .filter(p -> p.kind() == ParticipantKind.VOTING && p.state() == ParticipantState.ACTIVE)
                .map(Participant::id)
                .toList()));
        return effects;
    }

    private static List<Effect> afterEnd(Transaction tx, List<Due> due) {
        List<Effect> effects = new ArrayList<>();
        if (tx.state().confirms() && tx.parent() == null) {
            settleNested(tx).ifPresent(effects::add);
        }
        effects.addAll(notices(due));
        if (tx.participants().owed() == 0 && !tx.isProvisional()) {
            effects.add(new Effect.Retain(Objects.requireNonNull(tx.endedAt())));
        }
        return effects;
    }

    private static List<Effect> notices(List<Due> due) {
        return due.isEmpty() ? List.of() : List.of(new Effect.DeliverNotices(due));
    }

    private static List<Due> due(Participants before, Participants after) {
        return after.owed() == 0
                ? List.of()
                : after.stream()
                        .flatMap(participant -> dueTo(before.find(participant.id()), participant))
                        .toList();
    }

    /** What it is owed and was not owed before. */
    private static Stream<Due> dueTo(Optional<Participant> before, Participant after) {
        Set<Notice> earlier = before.map(Participant::owed).orElse(Set.of());
        return after.owed().stream()
                .filter(notice -> !earlier.contains(notice))
                .map(notice -> new Due(after.id(), notice));
    }

    private static Optional<Effect> settleNested(Transaction tx) {
        List<TransactionId> nested = tx.participants().stream()
                .filter(p -> p.kind() == ParticipantKind.NESTED)
                .map(p -> new TransactionId(p.address()))
                .toList();
        return nested.isEmpty() ? Optional.empty() : Optional.of(new Effect.SettleNested(nested));
    }

    /** The state after the event. Throws when the table has no such row. */
    public static Transaction apply(@Nullable Transaction tx, Event event) {
        if (event instanceof Event.Started started) {
            if (tx != null) {
                throw new IllegalStateException("Transaction " + tx.id() + " was started twice");
            }
            return Transaction.started(started);
        }
        if (tx == null) {
            throw new IllegalStateException("No transaction for " + event);
        }
        Transaction after = event.applyTo(tx);
        TransactionTable.check(tx, event, after.state());
        return after;
    }

    static Decision join(Transaction tx, Command.Join join) {
        boolean lateListener = join.kind() == ParticipantKind.LISTENER
                && (tx.state() == TransactionState.CONFIRMING || tx.state() == TransactionState.CANCELLING);
        Optional<Participant> known = tx.participants().findByAddress(join.address());
        if (tx.state() != TransactionState.ACTIVE && !lateListener) {
            return isAcknowledgedAgain(tx, known, join.data())
                    ? Decision.nothing()
                    : Decision.refused(Refusal.NOT_ACTIVE);
        }
        List<Event> events = new ArrayList<>();
        List<Effect> effects = List.of();
        if (known.isEmpty()) {
            events.add(new Event.Joined(join.newId(), join.kind(), join.address(), join.data(), join.wants()));
        } else if (!lateListener
                && !join.data().isEmpty()
                && !known.get().data().equals(join.data())) {
            events.add(new Event.DataStored(known.get().id(), join.data()));
        }
        Instant deadline = deadline(join.now(), join.limit());
        if (deadline != null && !lateListener && (tx.deadline() == null || deadline.isBefore(tx.deadline()))) {
            events.add(new Event.Renewed(deadline));
            effects = armed(deadline);
        }
        return new Decision(events, effects, null);
    }

    /** LRA clients join again before they cancel a nested LRA that was closed; nothing changes by that. */
    private static boolean isAcknowledgedAgain(Transaction tx, Optional<Participant> known, String data) {
        return tx.isProvisional()
                && known.isPresent()
                && (data.isEmpty() || data.equals(known.get().data()));
    }

    static Decision storeData(Transaction tx, Command.StoreData store) {
        Optional<Participant> participant = tx.participants().find(store.participant());
        if (participant.isEmpty()) {
            return Decision.refused(Refusal.UNKNOWN_PARTICIPANT);
        }
        if (tx.state() != TransactionState.ACTIVE && tx.state() != TransactionState.PREPARED) {
            return Decision.refused(Refusal.NOT_ACTIVE);
        }
        return participant.get().data().equals(store.data())
                ? Decision.nothing()
                : Decision.of(new Event.DataStored(store.participant(), store.data()));
    }

    static Decision relocate(Transaction tx, Command.Relocate relocate) {
        Optional<Participant> participant = tx.participants().find(relocate.participant());
        if (participant.isEmpty()) {
            return Decision.refused(Refusal.UNKNOWN_PARTICIPANT);
        }
        if (!isStillCalled(tx, participant.get())) {
            return Decision.refused(Refusal.NOT_ACTIVE);
        }
        Optional<Participant> there = tx.participants().findByAddress(relocate.address());
        if (there.isPresent()) {
            return there.get().id().equals(relocate.participant())
                    ? Decision.nothing()
                    : Decision.refused(Refusal.ADDRESS_TAKEN);
        }
        return Decision.of(new Event.Relocated(relocate.participant(), relocate.address(), relocate.forced()));
    }

    /** Whether something may still have to be told to it: after the end what it is owed, while provisional also to cancel. */
    private static boolean isStillCalled(Transaction tx, Participant participant) {
        return switch (tx.state()) {
            case ACTIVE, PREPARING, PREPARED, CONFIRMING, CANCELLING -> true;
            case PRE_COMMITTED -> false;
            case CONFIRMED, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL ->
                tx.isProvisional() || !participant.owed().isEmpty();
        };
    }

    static Decision leave(Transaction tx, Command.Leave leave) {
        if (tx.state() != TransactionState.ACTIVE) {
            return Decision.refused(Refusal.NOT_ACTIVE);
        }
        return tx.participants().find(leave.participant()).isEmpty()
                ? Decision.refused(Refusal.UNKNOWN_PARTICIPANT)
                : Decision.of(new Event.Left(leave.participant()));
    }

    static Decision renew(Transaction tx, Command.Renew renew) {
        if (tx.state() != TransactionState.ACTIVE) {
            return Decision.refused(Refusal.NOT_ACTIVE);
        }
        Instant deadline = deadline(renew.now(), renew.limit());
        return new Decision(
                List.of(new Event.Renewed(deadline)),
                deadline == null ? List.of(new Effect.DisarmDeadline()) : armed(deadline),
                null);
    }

    static Decision prepare(Transaction tx, Command.Prepare prepare) {
        return switch (tx.state()) {
            case ACTIVE -> startPreparation(tx, prepare);
            case PREPARING,
                    PREPARED,
                    CONFIRMING,
                    CONFIRMED,
                    CANCELLING,
                    CANCELLED,
                    FAILED_TO_CANCEL,
                    FAILED_TO_CONFIRM -> Decision.nothing();
            case PRE_COMMITTED -> Decision.refused(Refusal.NOT_ACTIVE);
        };
    }

    private static Decision startPreparation(Transaction tx, Command.Prepare prepare) {
        var started = new Event.PreparationStarted(prepare.decideWhenPrepared());
        List<ParticipantId> voters = tx.participants().stream()
                .filter(p -> p.kind() == ParticipantKind.VOTING)
                .map(Participant::id)
                .toList();
        if (voters.isEmpty()) {
            Transaction preparing = apply(tx, started);
            return allVoted(preparing, List.of(started), prepare.now());
        }
        return new Decision(List.of(started), List.of(new Effect.AskForVotes(voters)), null);
    }

    static Decision castVote(Transaction tx, Command.CastVote cast) {
        Optional<Participant> voter = tx.participants().find(cast.participant());
        boolean late = tx.state() != TransactionState.PREPARING
                || voter.isEmpty()
                || voter.get().state() != ParticipantState.ACTIVE;
        if (late) {
            return Decision.nothing();
        }
        return switch (cast.vote()) {
            case YES -> voted(tx, new Event.VotedYes(cast.participant()), cast.now());
            case READ_ONLY -> voted(tx, new Event.Left(cast.participant()), cast.now());
            case NO -> beginCancelling(tx, List.of(), Reason.VOTED_NO, cast.now());
            case UNREACHABLE -> beginCancelling(tx, List.of(), Reason.NO_VOTE, cast.now());
        };
    }

    private static Decision voted(Transaction tx, Event vote, Instant now) {
        Transaction after = apply(tx, vote);
        boolean waiting = after.participants().stream()
                .anyMatch(p -> p.kind() == ParticipantKind.VOTING && p.state() == ParticipantState.ACTIVE);
        return waiting ? Decision.of(vote) : allVoted(after, List.of(vote), now);
    }

    private static Decision allVoted(Transaction tx, List<Event> before, Instant now) {
        if (tx.decideWhenPrepared() || tx.participants().isEmpty()) {
            return beginConfirming(tx, before, Reason.REQUESTED, now);
        }
        List<Event> events = new ArrayList<>(before);
        events.add(new Event.Prepared());
        return new Decision(events, List.of(new Effect.DisarmDeadline()), null);
    }

    static Decision hold(Transaction tx, Command.Hold hold) {
        if (isStranger(tx, hold.owner())) {
            return Decision.refused(Refusal.WRONG_OWNER);
        }
        return switch (tx.state()) {
            case ACTIVE ->
                hasVoters(tx)
                        ? Decision.refused(Refusal.NOT_PREPARED)
                        : new Decision(List.of(new Event.Prepared()), List.of(new Effect.DisarmDeadline()), null);
            case PREPARED -> Decision.nothing();
            case PREPARING,
                    PRE_COMMITTED,
                    CONFIRMING,
                    CONFIRMED,
                    CANCELLING,
                    CANCELLED,
                    FAILED_TO_CONFIRM,
                    FAILED_TO_CANCEL -> Decision.refused(Refusal.NOT_ACTIVE);
        };
    }

    static Decision preCommit(Transaction tx) {
        return switch (tx.state()) {
            case PREPARED -> Decision.of(new Event.PreCommitted());
            case PRE_COMMITTED -> Decision.nothing();
            case ACTIVE, PREPARING, CONFIRMING, CONFIRMED, CANCELLING, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL ->
                Decision.refused(Refusal.NOT_PREPARED);
        };
    }

    static Decision confirm(Transaction tx, Command.Confirm confirm) {
        if (confirm.owner() != null && isStranger(tx, confirm.owner())) {
            return Decision.refused(Refusal.WRONG_OWNER);
        }
        if (tx.state().confirms()) {
            return Decision.nothing();
        }
        if (tx.state().cancels()) {
            boolean wasObeyed = tx.reason() == Reason.REVERSED && confirm.owner() != null;
            return wasObeyed ? Decision.nothing() : Decision.refused(Refusal.DECIDED_OTHERWISE);
        }
        if (isStranger(tx, confirm.owner())) {
            return Decision.nothing();
        }
        if (isHeldByParent(tx, confirm.reason()) || (tx.owner() != null && isParents(confirm.reason()))) {
            return Decision.refused(Refusal.HELD);
        }
        boolean votesMissing =
                tx.state() == TransactionState.PREPARING || (tx.state() == TransactionState.ACTIVE && hasVoters(tx));
        return votesMissing
                ? Decision.refused(Refusal.NOT_PREPARED)
                : beginConfirming(tx, List.of(), confirm.reason(), confirm.now());
    }

    static Decision cancel(Transaction tx, Command.Cancel cancel) {
        if (cancel.owner() != null && isStranger(tx, cancel.owner())) {
            return Decision.refused(Refusal.WRONG_OWNER);
        }
        return switch (tx.state()) {
            case ACTIVE, PREPARING -> beginCancelling(tx, List.of(), cancel.reason(), cancel.now());
            case PREPARED, PRE_COMMITTED ->
                isStranger(tx, cancel.owner())
                                || isHeldByParent(tx, cancel.reason())
                                || (tx.isInDoubt() && isParents(cancel.reason()))
                        ? Decision.refused(Refusal.HELD)
                        : beginCancelling(tx, List.of(), cancel.reason(), cancel.now());
            case CANCELLING, CANCELLED, FAILED_TO_CANCEL -> Decision.nothing();
            case CONFIRMED, FAILED_TO_CONFIRM -> cancelConfirmed(tx, cancel);
            case CONFIRMING -> Decision.refused(Refusal.DECIDED_OTHERWISE);
        };
    }

    /** What was confirmed for good stays; an owned one that was confirmed provisionally is cancelled by its parent or its owner only. */
    private static Decision cancelConfirmed(Transaction tx, Command.Cancel cancel) {
        if (tx.isProvisional() && cancel.reason() == Reason.PARENT) {
            return beginCancelling(tx, List.of(), Reason.REVERSED, cancel.now());
        }
        return tx.isProvisional() && cancel.reason() == Reason.REQUESTED && !isStranger(tx, cancel.owner())
                ? beginCancelling(tx, List.of(), Reason.REQUESTED, cancel.now())
                : Decision.refused(Refusal.DECIDED_OTHERWISE);
    }

    static Decision decideByPerson(Transaction tx, Command.DecideByPerson decide) {
        if (tx.state().isDecided()) {
            return tx.state().confirms() == decide.confirm()
                    ? Decision.nothing()
                    : Decision.refused(Refusal.DECIDED_OTHERWISE);
        }
        if (tx.state() != TransactionState.PREPARED) {
            return Decision.refused(Refusal.NOT_PREPARED);
        }
        if (isHeldByParent(tx, Reason.PERSON)) {
            return Decision.refused(Refusal.HELD);
        }
        var recorded = new Event.HeuristicRecorded(new Heuristic(Heuristic.Cause.PERSON, decide.who(), decide.why()));
        Transaction told = apply(tx, recorded);
        return decide.confirm()
                ? beginConfirming(told, List.of(recorded), Reason.PERSON, decide.now())
                : beginCancelling(told, List.of(recorded), Reason.PERSON, decide.now());
    }

    static Decision recordHazard(Transaction tx, Command.RecordHazard hazard) {
        if (!tx.state().isDecided()) {
            return Decision.refused(Refusal.NOT_ENDED);
        }
        return tx.heuristic() == null
                ? Decision.of(new Event.HeuristicRecorded(new Heuristic(Heuristic.Cause.HAZARD, "", hazard.why())))
                : Decision.nothing();
    }

    static Decision acknowledgeHeuristic(Transaction tx, Command.AcknowledgeHeuristic acknowledge) {
        if (isStranger(tx, acknowledge.owner())) {
            return Decision.refused(Refusal.WRONG_OWNER);
        }
        return tx.heuristic() == null ? Decision.nothing() : Decision.of(new Event.HeuristicAcknowledged());
    }

    static Decision deadlinePassed(Transaction tx, Command.DeadlinePassed passed) {
        return switch (tx.state()) {
            case ACTIVE, PREPARING -> {
                Instant deadline = tx.deadline();
                if (deadline == null) {
                    yield Decision.nothing();
                }
                yield deadline.isAfter(passed.now())
                        ? new Decision(List.of(), armed(deadline), null)
                        : beginCancelling(tx, List.of(), Reason.TIME_LIMIT, passed.now());
            }
            case PREPARED,
                    PRE_COMMITTED,
                    CONFIRMING,
                    CONFIRMED,
                    CANCELLING,
                    CANCELLED,
                    FAILED_TO_CONFIRM,
                    FAILED_TO_CANCEL -> Decision.nothing();
        };
    }

    private static Decision beginConfirming(Transaction tx, List<Event> before, Reason reason, Instant now) {
        return begin(tx, before, new Event.ConfirmDecided(reason), now);
    }

    private static Decision beginCancelling(Transaction tx, List<Event> before, Reason reason, Instant now) {
        return begin(tx, before, new Event.CancelDecided(reason), now);
    }

    private static Decision begin(Transaction tx, List<Event> before, Event decided, Instant now) {
        List<Event> events = new ArrayList<>(before);
        events.add(decided);
        Transaction after = apply(tx, decided);
        for (Participant participant : after.participants()) {
            if (isIdle(participant, after.state())) {
                Event settled = new Outcome.Done().toEvent(after, participant.id());
                events.add(settled);
                after = apply(after, settled);
            }
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.DisarmDeadline());
        if (after.participants().open() == 0) {
            Event.Ended ended = ended(after, now);
            events.add(ended);
            after = apply(after, ended);
        }
        effects.addAll(resume(after, due(tx.participants(), after.participants())));
        return new Decision(events, effects, null);
    }

    /** Whether the decision does not concern it: it is dropped or never had a part. */
    private static boolean isIdle(Participant participant, TransactionState decision) {
        return switch (participant.kind()) {
            case ACTED, VOTING, NESTED, ACTION -> false;
            case LISTENER -> !participant.state().isFinal();
            case DEFERRED ->
                decision == TransactionState.CANCELLING && !participant.state().isFinal();
        };
    }

    static Decision answered(Transaction tx, Command.ParticipantAnswered answered) {
        Optional<Participant> known = tx.participants().find(answered.participant());
        boolean late = known.isEmpty() || !known.get().state().isBeingTold(answered.confirm());
        if (late) {
            return Decision.nothing();
        }
        if (answered.outcome() instanceof Outcome.Failed && tx.isReversible()) {
            return beginCancelling(tx, List.of(), Reason.CONFIRM_REFUSED, answered.now());
        }
        Event event = answered.outcome().toEvent(tx, answered.participant());
        if (event instanceof Event.InProgress progress
                && Objects.equals(known.get().progressAddress(), progress.progressAddress())) {
            return Decision.nothing();
        }
        return after(tx, known.get(), List.of(event), answered.now());
    }

    /** What follows from what has become of one participant of a decided transaction. */
    private static Decision after(Transaction tx, Participant before, List<Event> became, Instant now) {
        Transaction after = tx;
        for (Event event : became) {
            after = apply(after, event);
        }
        if (after.participants().open() > 0) {
            List<Effect> effects = new ArrayList<>(released(tx, after, before.kind()));
            effects.addAll(notices(
                    dueTo(Optional.of(before), after.participant(before.id())).toList()));
            return new Decision(became, effects, null);
        }
        List<Event> events = new ArrayList<>(became);
        Event.Ended ended = ended(after, now);
        events.add(ended);
        after = apply(after, ended);
        return new Decision(events, resume(after, due(tx.participants(), after.participants())), null);
    }

    /**
     * Tells those who were held back until now.
     *
     * @param changed the kind of the participant of which something has become: looking for the next undo looks at all
     */
    private static List<Effect> released(Transaction before, Transaction after, ParticipantKind changed) {
        if (before.isReversible() && !after.isReversible()) {
            return List.of(new Effect.DeliverConfirm(toldInOrder(after, true)));
        }
        if (changed != ParticipantKind.ACTION) {
            return List.of();
        }
        Optional<ParticipantId> next = nextUndo(after).map(Participant::id);
        return next.equals(nextUndo(before).map(Participant::id))
                ? List.of()
                : telling(List.of(), next.stream().toList());
    }

    static Decision resolveParticipant(Transaction tx, Command.ResolveParticipant resolve) {
        Optional<Participant> known = tx.participants().find(resolve.participant());
        if (known.isEmpty()) {
            return Decision.refused(Refusal.UNKNOWN_PARTICIPANT);
        }
        if (tx.state() != TransactionState.CONFIRMING && tx.state() != TransactionState.CANCELLING) {
            return Decision.refused(Refusal.NOT_BEING_TOLD);
        }
        ParticipantState state = known.get().state();
        return state.isFinal() && !state.isFailed()
                ? Decision.nothing()
                : after(
                        tx,
                        known.get(),
                        List.of(new Event.ParticipantResolved(resolve.participant(), resolve.who(), resolve.why())),
                        resolve.now());
    }

    static Decision forceParticipant(Transaction tx, Command.ForceParticipant force) {
        Optional<Participant> known = tx.participants()
                .find(force.participant())
                .filter(participant -> participant.kind() != ParticipantKind.NESTED);
        if (known.isEmpty()) {
            return Decision.refused(Refusal.UNKNOWN_PARTICIPANT);
        }
        if (tx.state() != TransactionState.CONFIRMING && tx.state() != TransactionState.CANCELLING) {
            return Decision.refused(Refusal.NOT_BEING_TOLD);
        }
        Participant participant = known.get();
        if (participant.state().isFinal()) {
            return Decision.refused(Refusal.ANSWERED);
        }
        if (!participant.state().isBeingTold(tx.state().confirms())) {
            return Decision.nothing();
        }
        List<ParticipantId> told = tx.state().confirms() ? toConfirm(tx) : toCancel(tx);
        return told.contains(participant.id())
                ? forced(tx, participant, force)
                : Decision.refused(Refusal.NOT_BEING_TOLD);
    }

    /** A confirmation that can be turned round is turned round, as by a refusal. */
    private static Decision forced(Transaction tx, Participant participant, Command.ForceParticipant force) {
        var forced = new Event.ParticipantForced(participant.id(), force.who(), force.why());
        Transaction after = apply(tx, forced);
        if (tx.isReversible()) {
            return beginCancelling(after, List.of(forced), Reason.CONFIRM_REFUSED, force.now());
        }
        if (participant.kind() == ParticipantKind.DEFERRED) {
            return after(
                    tx, participant, List.of(forced, new Outcome.Done().toEvent(after, participant.id())), force.now());
        }
        List<Effect> effects = new ArrayList<>(released(tx, after, participant.kind()));
        List<ParticipantId> told = List.of(participant.id());
        effects.addAll(tx.state().confirms() ? telling(List.of(), told) : telling(told, List.of()));
        return new Decision(List.of(forced), effects, null);
    }

    static Decision makeFirm(Transaction tx, Command.MakeFirm make) {
        if (isStranger(tx, make.owner())) {
            return Decision.refused(Refusal.WRONG_OWNER);
        }
        if (!tx.isReversible()) {
            return Decision.nothing();
        }
        List<ParticipantId> told = toConfirm(tx);
        List<ParticipantId> others =
                toldInOrder(tx, true).stream().filter(id -> !told.contains(id)).toList();
        return new Decision(
                List.of(new Event.MadeFirm()),
                others.isEmpty() ? List.of() : List.of(new Effect.DeliverConfirm(others)),
                null);
    }

    /** Failed when anybody did not do what was decided, for whatever reason. */
    private static Event.Ended ended(Transaction tx, Instant now) {
        boolean confirms = tx.state().confirms();
        ParticipantState decided = confirms ? ParticipantState.CONFIRMED : ParticipantState.CANCELLED;
        boolean failed = tx.participants().stream().anyMatch(p -> p.state() != decided);
        TransactionState end;
        if (failed) {
            end = confirms ? TransactionState.FAILED_TO_CONFIRM : TransactionState.FAILED_TO_CANCEL;
        } else {
            end = confirms ? TransactionState.CONFIRMED : TransactionState.CANCELLED;
        }
        return new Event.Ended(end, now);
    }

    static Decision forget(Transaction tx, Command.Forget forget) {
        if (forget.owner() != null && isStranger(tx, forget.owner())) {
            return Decision.refused(Refusal.WRONG_OWNER);
        }
        if (!tx.state().isFinal()) {
            return Decision.refused(Refusal.NOT_ENDED);
        }
        if (tx.participants().owed() > 0 || tx.isProvisional()) {
            return tx.isOwned() && forget.owner() != null ? Decision.of(new Event.Disowned()) : Decision.nothing();
        }
        return Decision.of(new Event.Forgotten());
    }

    static Decision resolve(Transaction tx, Command.Resolve resolve) {
        return tx.state().isFailed() && !tx.isProvisional()
                ? Decision.of(new Event.OperatorResolved(resolve.who(), resolve.why()), new Event.Forgotten())
                : Decision.refused(Refusal.NOT_FAILED);
    }

    static Decision acknowledgeNotice(Transaction tx, Command.AcknowledgeNotice acknowledge) {
        Optional<Participant> participant = tx.participants().find(acknowledge.participant());
        if (participant.isEmpty() || !participant.get().owed().contains(acknowledge.notice())) {
            return Decision.nothing();
        }
        var acknowledged = new Event.NoticeAcknowledged(acknowledge.participant(), acknowledge.notice());
        Transaction after = apply(tx, acknowledged);
        boolean over = after.state().isFinal() && after.participants().owed() == 0 && !after.isProvisional();
        return new Decision(
                List.of(acknowledged),
                over ? List.of(new Effect.Retain(Objects.requireNonNull(after.endedAt()))) : List.of(),
                null);
    }

    static Decision settle(Transaction tx) {
        if (!tx.isProvisional()) {
            return Decision.nothing();
        }
        var settled = new Event.Settled();
        Transaction after = apply(tx, settled);
        return new Decision(List.of(settled), afterEnd(after, due(tx.participants(), after.participants())), null);
    }

    /** The hold of a transaction covers what is nested in it; an owned one only its own owner holds. */
    private static boolean isHeldByParent(Transaction tx, Reason reason) {
        return tx.parent() != null
                && tx.owner() == null
                && tx.state() == TransactionState.PREPARED
                && !isParents(reason);
    }

    private static boolean isParents(Reason reason) {
        return reason == Reason.PARENT || reason == Reason.TOP_LEVEL;
    }

    /** A stranger is who does not know the owner's token; without an owner nobody is one, unless a token is shown. */
    private static boolean isStranger(Transaction tx, @Nullable String token) {
        return !Objects.equals(tx.owner(), token);
    }

    private static boolean hasVoters(Transaction tx) {
        return tx.participants().stream().anyMatch(p -> p.kind() == ParticipantKind.VOTING);
    }

    private static @Nullable Instant deadline(Instant now, @Nullable Duration limit) {
        return limit == null ? null : now.plus(limit);
    }

    private static List<Effect> armed(@Nullable Instant deadline) {
        return deadline == null ? List.of() : List.of(new Effect.ArmDeadline(deadline));
    }

    private static List<ParticipantId> toConfirm(Transaction tx) {
        return tx.isReversible() ? tx.acted().limit(1).map(Participant::id).toList() : toldInOrder(tx, true);
    }

    /** Of the actions only the one whose turn it is. */
    private static List<ParticipantId> toCancel(Transaction tx) {
        Optional<ParticipantId> next = nextUndo(tx).map(Participant::id);
        return cancellingReversed(tx)
                .filter(p -> p.kind() != ParticipantKind.ACTION || next.equals(Optional.of(p.id())))
                .map(Participant::id)
                .toList();
    }

    /**
     * Of a cancelled transaction the last action that is to be undone and is not; none when that one has failed, since a person has to
     * resolve it first. One that a person has forced to stand holds back nobody.
     */
    private static Optional<Participant> nextUndo(Transaction tx) {
        if (tx.state() != TransactionState.CANCELLING) {
            return Optional.empty();
        }
        return tx.participants()
                .reversed()
                .filter(p -> p.kind() == ParticipantKind.ACTION)
                .filter(p -> p.state() == ParticipantState.CANCELLING || p.state() == ParticipantState.FAILED_TO_CANCEL)
                .findFirst()
                .filter(p -> !p.state().isFinal());
    }

    private static List<ParticipantId> toldInOrder(Transaction tx, boolean confirm) {
        return tx.participants().stream()
                .filter(p -> p.state().isBeingTold(confirm))
                .map(Participant::id)
                .toList();
    }

    private static Stream<Participant> cancellingReversed(Transaction tx) {
        return tx.participants().reversed().filter(p -> p.state().isBeingTold(false));
    }
}
