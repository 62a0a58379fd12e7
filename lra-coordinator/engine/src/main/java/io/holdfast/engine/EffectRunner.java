package io.holdfast.engine;

import io.holdfast.engine.delivery.Deliveries;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Effect;
import io.holdfast.engine.state.TransactionId;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the effects of what one transaction has decided. Thread-safe. */
final class EffectRunner implements Effect.Runner {
    private final Cell cell;
    private final Cells cells;
    private final TransactionId id;
    private final boolean maybeTold;

    /** @param maybeTold whether those that are to be told may have been told before, by a node that has stopped */
    EffectRunner(Cell cell, Cells cells, boolean maybeTold) {
        this.cell = cell;
        this.cells = cells;
        this.id = cell.id();
        this.maybeTold = maybeTold;
    }

    @Override
    public void askForVotes(Effect.AskForVotes effect) {
        deliveries().askForVotes(id, effect.participants(), maybeTold);
    }

    @Override
    public void deliverConfirm(Effect.DeliverConfirm effect) {
        deliveries().confirm(id, effect.participants(), maybeTold);
    }

    @Override
    public void deliverCancel(Effect.DeliverCancel effect) {
        deliveries().cancel(id, effect.participants(), maybeTold);
    }

    @Override
    public void deliverNotices(Effect.DeliverNotices effect) {
        var untold = new AtomicInteger(effect.due().size());
        Runnable tried = () -> {
            if (untold.decrementAndGet() == 0) {
                cell.roundIsTold();
            }
        };
        effect.due().forEach(due -> deliveries().tell(id, due.participant(), due.notice(), maybeTold, tried));
    }

    @Override
    public void settleNested(Effect.SettleNested effect) {
        effect.nested().forEach(nested -> cells.find(nested).ifPresent(inner -> inner.tell(new Command.Settle())));
    }

    @Override
    public void armDeadline(Effect.ArmDeadline effect) {
        cell.setTimer();
    }

    @Override
    public void disarmDeadline() {
        cell.setTimer();
    }

    @Override
    public void retain(Effect.Retain effect) {
        cell.retain(effect.endedAt());
    }

    private Deliveries deliveries() {
        return cells.deliveries();
    }
}
