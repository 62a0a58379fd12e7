package io.holdfast.engine.simulation;

import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold when everything has come to rest, whatever went wrong before. */
final class Invariants {
    private Invariants() {}

    static void check(World world, List<Business> businesses) {
        require(world, world.violation == null, "A call", String.valueOf(world.violation));
        Map<TransactionId, Transaction> all =
                world.transactions().stream().collect(Collectors.toMap(Transaction::id, Function.identity()));
        for (Transaction tx : all.values()) {
            require(world, tx.state().isFinal() || isOpenByRight(tx), tx, "has not ended");
            require(world, tx.participants().owed() == 0, tx, "owes a notice");
            require(
                    world,
                    !tx.state().isFinal() || hasFailedByRight(tx),
                    tx,
                    "has ended otherwise than its participants");
            tx.participants().stream()
                    .filter(participant -> participant.kind() != ParticipantKind.NESTED)
                    .forEach(participant -> checkParticipant(world, tx, participant));
        }
        businesses.forEach(business -> checkDecisions(world, business));
        businesses.forEach(business -> checkAcknowledged(world, all, business));
        businesses.stream()
                .flatMap(business -> Stream.ofNullable(business.nested))
                .forEach(nested -> checkNested(world, all, nested));
    }

    /** Failed when somebody did not do what was decided, and only then. */
    private static boolean hasFailedByRight(Transaction tx) {
        ParticipantState decided = tx.state().confirms() ? ParticipantState.CONFIRMED : ParticipantState.CANCELLED;
        return tx.state().isFailed()
                == tx.participants().stream().anyMatch(participant -> participant.state() != decided);
    }

    /** After a restart of an engine for branches: whatever was undecided is aborted. */
    static void checkPresumedAbort(World world) {
        for (Transaction tx : world.transactions()) {
            boolean undecided = tx.state() == TransactionState.ACTIVE || tx.state() == TransactionState.PREPARING;
            require(world, !undecided, tx.id(), "is " + tx.state() + " after a restart");
        }
    }

    /** A top-level participant is told one thing; a nested one at most to confirm and then to cancel. */
    private static void checkDecisions(World world, Business business) {
        for (Business.Enlistment enlistment : business.acknowledged) {
            List<Instruction> decisions = enlistment.participant.decisions();
            boolean right = business.parent == null
                    ? decisions.size() <= 1 || wasTurnedRound(business, enlistment.participant)
                    : decisions.size() <= 1 || decisions.get(0) == Instruction.CONFIRM;
            require(
                    world,
                    right || enlistment.participant.forced,
                    enlistment.participant.address,
                    "was told " + decisions);
        }
        if (business.nested != null) {
            checkDecisions(world, business.nested);
        }
    }

    /** Only who refused to confirm was told to cancel after that. */
    private static boolean wasTurnedRound(Business business, SimulatedParticipant participant) {
        return business.oneByOne
                && (participant.refusesConfirm || participant.poison)
                && participant.decisions().equals(List.of(Instruction.CONFIRM, Instruction.CANCEL));
    }

    private static void checkNested(World world, Map<TransactionId, Transaction> all, Business business) {
        Transaction nested = business.id == null ? null : all.get(business.id);
        Transaction parent = business.parent == null || business.parent.id == null ? null : all.get(business.parent.id);
        if (nested == null || parent == null || !parent.state().isFinal()) {
            return;
        }
        require(world, nested.state().isFinal(), nested.id(), "has not ended with its parent");
        require(world, !nested.isProvisional(), nested.id(), "is provisional though its parent has ended");
        if (parent.state().cancels()) {
            require(world, nested.state().cancels(), nested.id(), "is " + nested.state() + " in a cancelled parent");
        }
        business.acknowledged.forEach(enlistment -> require(
                world,
                enlistment.left
                        || enlistment.leaving
                        || nested.participants()
                                .findByAddress(enlistment.participant.address)
                                .isPresent(),
                enlistment.participant.address,
                "joined and is lost"));
        checkLimit(world, business, nested);
        boolean confirmed = business.acknowledgedDecision != null
                && business.acknowledgedDecision.confirms()
                && !business.regretted;
        if (confirmed && parent.state().confirms()) {
            require(world, nested.state().confirms(), nested.id(), "was acknowledged as confirmed");
        }
        if (business.acknowledgedDecision != null && business.acknowledgedDecision.cancels()) {
            require(world, nested.state().cancels(), nested.id(), "was acknowledged as cancelled");
        }
        if (business.owned && business.held && business.wish == Business.Wish.CONFIRM && !business.regretted) {
            require(
                    world,
                    nested.state().confirms() || nested.reason() == Reason.REVERSED,
                    nested.id(),
                    "was held, its owner confirmed, and it was not confirmed");
        }
        if (business.nested != null) {
            checkNested(world, all, business.nested);
        }
    }

    /** Without a limit nothing but its owner ends it. */
    private static boolean isOpenByRight(Transaction tx) {
        return switch (tx.state()) {
            case ACTIVE -> tx.deadline() == null;
            case PREPARING, CONFIRMING, CANCELLING -> false;
            case PREPARED, PRE_COMMITTED, CONFIRMED, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> true;
        };
    }

    private static void checkParticipant(World world, Transaction tx, Participant participant) {
        SimulatedParticipant real = world.participants.get(participant.address());
        if (real.forced) {
            checkForced(world, participant, real);
        } else if (tx.state().confirms()) {
            require(world, real.told.contains(Instruction.CONFIRM), participant.address(), "was not told to confirm");
        } else if (tx.state().cancels() && participant.state() != ParticipantState.FAILED_TO_CONFIRM) {
            require(world, real.told.contains(Instruction.CANCEL), participant.address(), "was not told to cancel");
        } else if (!tx.state().isDecided()) {
            require(world, real.decisions().isEmpty(), participant.address(), "was told before the decision");
        }
        boolean ended = tx.state().isFinal() && !tx.isProvisional();
        if (ended && real.wants.contains(Notice.OUTCOME)) {
            require(world, real.told.contains(Instruction.OUTCOME), participant.address(), "was not told the outcome");
        }
        if (participant.state().isFailed() && real.wants.contains(Notice.FORGET)) {
            require(world, real.told.contains(Instruction.FORGET), participant.address(), "was not told to forget");
        }
    }

    /** It took the instruction that it is said to have answered, which is the one to which it was forced. */
    private static void checkForced(World world, Participant participant, SimulatedParticipant real) {
        boolean confirm = participant.state() == ParticipantState.CONFIRMED
                || participant.state() == ParticipantState.FAILED_TO_CONFIRM;
        Instruction answered = confirm ? Instruction.CONFIRM : Instruction.CANCEL;
        String is = "is " + participant.state() + " and was told " + real.told;
        require(world, participant.state().isFinal(), participant.address(), is);
        require(world, real.told.contains(answered), participant.address(), is);
        require(
                world,
                real.forcedTo == null || real.forcedTo == answered,
                participant.address(),
                is + ", though it was forced to " + real.forcedTo);
    }

    private static void checkAcknowledged(World world, Map<TransactionId, Transaction> all, Business business) {
        if (business.id == null) {
            return;
        }
        Transaction tx = all.get(business.id);
        require(world, tx != null || business.forgetting, business.id, "was acknowledged and is lost");
        if (tx == null) {
            checkForgotten(world, business);
            return;
        }
        checkLimit(world, business, tx);
        if (business.owned && business.wish == Business.Wish.CANCEL) {
            require(world, !tx.state().confirms(), business.id, "was confirmed by a stranger");
        }
        for (Business.Enlistment enlistment : business.acknowledged) {
            boolean there = tx.participants()
                    .findByAddress(enlistment.participant.address)
                    .isPresent();
            require(
                    world,
                    there != enlistment.left || mayHaveLeft(enlistment, there),
                    enlistment.participant.address,
                    enlistment.left ? "left and is back" : "joined and is lost");
            if (enlistment.left) {
                require(
                        world,
                        enlistment.participant.decisions().isEmpty(),
                        enlistment.participant.address,
                        "was told after leaving");
            }
        }
        if (business.acknowledgedDecision != null) {
            boolean same = business.acknowledgedDecision.confirms()
                            == tx.state().confirms()
                    && business.acknowledgedDecision.cancels() == tx.state().cancels();
            require(
                    world,
                    same,
                    business.id,
                    "was acknowledged as " + business.acknowledgedDecision + " and is " + tx.state());
        }
        if (business.held && business.wish == Business.Wish.CONFIRM) {
            require(
                    world,
                    tx.state().confirms() || tx.reason() == Reason.CONFIRM_REFUSED,
                    business.id,
                    "was held, its owner confirmed, and it is " + tx.state());
        }
    }

    private static void checkLimit(World world, Business business, Transaction tx) {
        require(
                world,
                business.deadlineUnsure || Objects.equals(business.deadline, tx.deadline()),
                tx.id(),
                "has the limit " + tx.deadline() + " instead of " + business.deadline);
    }

    /** Everybody was told everything before it was forgotten. */
    private static void checkForgotten(World world, Business business) {
        for (Business.Enlistment enlistment : business.acknowledged) {
            SimulatedParticipant participant = enlistment.participant;
            boolean told =
                    (participant.decisions().size() == 1 || participant.forced || wasTurnedRound(business, participant))
                            && (!participant.wants.contains(Notice.OUTCOME)
                                    || participant.told.contains(Instruction.OUTCOME));
            require(
                    world,
                    told || enlistment.left || enlistment.leaving,
                    participant.address,
                    "was told " + participant.told + " and then forgotten");
        }
    }

    /** A leave whose answer was lost may have been carried out. */
    private static boolean mayHaveLeft(Business.Enlistment enlistment, boolean there) {
        return !enlistment.left && !there && enlistment.leaving;
    }

    private static void require(World world, boolean holds, Object who, String what) {
        if (!holds) {
            throw failure(world, who, what);
        }
    }

    private static AssertionError failure(World world, Object who, String what) {
        return new AssertionError(who + " " + what + "\n" + String.join("\n", world.history));
    }
}
