package io.holdfast.engine.simulation;

import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold when everything has come to rest, whatever went wrong before. */
final class Invariants {
    private Invariants() {}

    static void check(World world, List<Business> businesses) {
        Map<TransactionId, Transaction> all =
                world.transactions().stream().collect(Collectors.toMap(Transaction::id, Function.identity()));
        for (Transaction tx : all.values()) {
            require(world, tx.state().isFinal() || isOpenByRight(tx), tx, "has not ended");
            tx.participants().forEach(participant -> checkParticipant(world, tx, participant));
        }
        for (SimulatedParticipant participant : world.participants.values()) {
            boolean both =
                    participant.told.contains(Instruction.CONFIRM) && participant.told.contains(Instruction.CANCEL);
            require(world, !both, participant.address, "was told to confirm and to cancel");
            require(world, participant.effects <= 1, participant.address, "acted twice");
        }
        businesses.forEach(business -> checkAcknowledged(world, all, business));
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
        if (tx.state().confirms()) {
            require(world, real.told.contains(Instruction.CONFIRM), participant.address(), "was not told to confirm");
        } else if (tx.state().cancels()) {
            require(world, real.told.contains(Instruction.CANCEL), participant.address(), "was not told to cancel");
        } else {
            require(world, real.effects == 0, participant.address(), "was told before the decision");
        }
    }

    private static void checkAcknowledged(World world, Map<TransactionId, Transaction> all, Business business) {
        if (business.id == null) {
            return;
        }
        Transaction tx = all.get(business.id);
        require(world, tx != null, business.id, "was acknowledged and is lost");
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
                        enlistment.participant.effects == 0,
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
                    tx.state().confirms(),
                    business.id,
                    "was held, its owner confirmed, and it is " + tx.state());
        }
    }

    /** A leave whose answer was lost may have been carried out. */
    private static boolean mayHaveLeft(Business.Enlistment enlistment, boolean there) {
        return !enlistment.left && !there && enlistment.leaving;
    }

    private static void require(World world, boolean holds, Object who, String what) {
        if (!holds) {
            throw new AssertionError(who + " " + what + "\n" + String.join("\n", world.history));
        }
    }
}
