package io.holdfast.engine;

import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Decision;
import io.holdfast.engine.state.Effect;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Machine;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.HelpingExecutor;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The one mutable cell of a transaction. Its lock is held for memory work only, never for a write or a call. */
final class Cell {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine");

    /**
     * Somebody who waits for a transaction.
     *
     * @param durably those of which it must be durable that they meet the condition
     * @param told whether the first attempts at the notices have to be over too
     */
    private record Waiter(
            Predicate<Transaction> condition,
            Predicate<Transaction> durably,
            boolean told,
            CompletableFuture<Transaction> future) {}

    private final TransactionId id;
    private final Cells cells;
    private @Nullable Transaction state;
    private long sequence;
    private Collection<Waiter> waiters = List.of();
    private @Nullable Cancellable deadline;
    private boolean forgotten;
    /** Rounds of notices that are due and have not all been told once. */
    private int roundsToTell;

    Cell(TransactionId id, Cells cells) {
        this.id = id;
        this.cells = cells;
    }

    TransactionId id() {
        return id;
    }

    synchronized boolean isStarted() {
        return state != null;
    }

    synchronized Transaction state() {
        return Objects.requireNonNull(state);
    }

    synchronized long sequence() {
        return sequence;
    }

    synchronized Optional<Snapshot> snapshot() {
        return state == null || forgotten ? Optional.empty() : Optional.of(new Snapshot(state, sequence));
    }

    private synchronized boolean isForgotten() {
        return forgotten;
    }

    synchronized void restore(Transaction restored, long atSequence) {
        state = restored;
        sequence = atSequence;
    }

    CompletableFuture<Transaction> submit(Command command) {
        return submit(command, true);
    }

    /** For what the engine itself has to say: nobody waits, a failure is logged. */
    void tell(Command command) {
        var unused = submit(command, false).whenComplete((done, failure) -> {
            if (failure != null && !cells.isClosed()) {
                LOG.log(System.Logger.Level.ERROR, EngineMessage.COMMAND_FAILED.text(id, command), failure);
            }
        });
    }

    /** @param answerWaits whether the future completes only when the state it tells is durable */
    CompletableFuture<Transaction> submit(Command command, boolean answerWaits) {
        synchronized (this) {
            Transaction before = state();
            Decision decision = Machine.decide(before, command);
            Refusal refusal = decision.refusal();
            return refusal == null ? logAndApply(decision, answerWaits) : refused(refusal);
        }
    }

    /** Fails when the state that the refusal tells is durable: a crash before that could turn it into another. */
    synchronized <T> CompletableFuture<T> refused(Refusal refusal) {
        var refused = new RefusedException(refusal, state());
        return cells.log().force(sequence).thenCompose(done -> CompletableFuture.failedFuture(refused));
    }

    synchronized CompletableFuture<Transaction> start(Decision decision) {
        return logAndApply(decision, true);
    }

    private CompletableFuture<Transaction> logAndApply(Decision decision, boolean answerWaits) {
        List<Waiter> satisfied = List.of();
        if (!decision.events().isEmpty()) {
            Transaction after = applied(state, decision.events());
            try {
                sequence = cells.log().append(id, decision.events());
            } catch (RuntimeException failed) {
                return CompletableFuture.failedFuture(failed);
            }
            state = after;
            roundsToTell += roundsIn(decision.effects());
            satisfied = takeSatisfied(after);
            if (decision.events().stream().anyMatch(Event.Forgotten.class::isInstance)) {
                remove();
            }
        }
        Transaction told = state();
        boolean somebodyLearnsOfIt = answerWaits
                || satisfied.stream().anyMatch(waiter -> waiter.durably().test(told))
                || decision.effects().stream().anyMatch(Effect::tells);
        boolean forced = decision.events().stream().anyMatch(Event::forced);
        CompletableFuture<Void> durable =
                forced || somebodyLearnsOfIt ? cells.log().force(sequence) : CompletableFuture.completedFuture(null);
        List<Waiter> woken = satisfied;
        if (!woken.isEmpty()) {
            var unused = durable.exceptionally(failure -> {
                woken.forEach(waiter -> waiter.future().completeExceptionally(failure));
                return null;
            });
        }
        Function<@Nullable Void, Transaction> answer = done -> {
            runEffects(decision.effects(), false);
            woken.forEach(waiter -> waiter.future().complete(told));
            cells.checkpointWhenDue();
            return told;
        };
        boolean anythingFollows = !decision.effects().isEmpty() || !woken.isEmpty();
        return anythingFollows
                ? durable.thenApplyAsync(answer, HelpingExecutor.ofThisThread(cells.executor()))
                : durable.thenApply(answer);
    }

    /** The transaction as it is now, when that is durable. */
    CompletableFuture<Transaction> durably() {
        Transaction tx;
        long last;
        synchronized (this) {
            tx = state();
            last = sequence;
        }
        return cells.log().force(last).thenApply(done -> tx);
    }

    /** Completes when the condition holds and that is durable. */
    CompletableFuture<Transaction> when(Predicate<Transaction> condition) {
        return when(condition, anyone -> true, false);
    }

    /** Completes when the condition holds; only of those that {@code durably} picks that is durable then. */
    CompletableFuture<Transaction> when(Predicate<Transaction> condition, Predicate<Transaction> durably) {
        return when(condition, durably, false);
    }

    /** Completes when the condition holds and is durable, and everybody has been told once what is due. */
    CompletableFuture<Transaction> whenTold(Predicate<Transaction> condition) {
        return when(condition, anyone -> true, true);
    }

    private synchronized CompletableFuture<Transaction> when(
            Predicate<Transaction> condition, Predicate<Transaction> durably, boolean told) {
        Waiter waiter = new Waiter(condition, durably, told, new CompletableFuture<>());
        if (isSatisfied(waiter, state())) {
            return durably.test(state()) ? durably() : CompletableFuture.completedFuture(state());
        }
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>();
        }
        waiters.add(waiter);
        return waiter.future();
    }

    private boolean isSatisfied(Waiter waiter, Transaction tx) {
        return waiter.condition().test(tx) && !(waiter.told() && roundsToTell > 0);
    }

    private List<Waiter> takeSatisfied(Transaction after) {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Waiter> satisfied = new ArrayList<>();
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (isSatisfied(waiter, after)) {
                satisfied.add(waiter);
                each.remove();
            }
        }
        return satisfied;
    }

    private static int roundsIn(List<Effect> effects) {
        int rounds = 0;
        for (Effect effect : effects) {
            rounds += effect instanceof Effect.DeliverNotices ? 1 : 0;
        }
        return rounds;
    }

    void roundIsTold() {
        List<Waiter> satisfied;
        CompletableFuture<Transaction> told;
        synchronized (this) {
            roundsToTell--;
            satisfied = takeSatisfied(state());
            if (satisfied.isEmpty()) {
                return;
            }
            told = durably();
        }
        var unused = told.whenComplete((tx, failure) -> satisfied.forEach(waiter -> {
            if (failure == null) {
                waiter.future().complete(tx);
            } else {
                waiter.future().completeExceptionally(failure);
            }
        }));
    }

    static Transaction applied(@Nullable Transaction before, List<Event> events) {
        Transaction tx = before;
        for (Event event : events) {
            tx = Machine.apply(tx, event);
        }
        return Objects.requireNonNull(tx);
    }

    /** At once, so that no checkpoint takes it for living; that it is forgotten is durable before a checkpoint is. */
    synchronized void remove() {
        forgotten = true;
        Transaction tx = state();
        if (tx.endedAt() != null) {
            cells.retention().drop(this, tx.endedAt());
        }
        cells.remove(this, tx);
    }

    /** Goes on with what was found in the log, unless its parent has gone on with it already; what it owes is told apart from that. */
    void resume(long found) {
        List<Effect> effects;
        synchronized (this) {
            if (sequence != found) {
                return;
            }
            effects = Machine.resume(state());
        }
        runEffects(effects, true);
    }

    /** Tells what was owed already when it was found in the log. */
    void tellOwed(Transaction found) {
        List<Effect> effects = Machine.owed(found);
        synchronized (this) {
            roundsToTell += roundsIn(effects);
        }
        runEffects(effects, true);
    }

    /** @param found whether the transaction was found in the log like that, so that its participants may have been told before */
    private void runEffects(List<Effect> effects, boolean found) {
        if (!cells.isClosed() && !effects.isEmpty()) {
            EffectRunner runner = new EffectRunner(this, cells, found);
            effects.forEach(effect -> effect.run(runner));
        }
    }

    /** By the state as it is now, since effects of several commands may run in any order. */
    synchronized void setTimer() {
        disarm();
        Transaction tx = state();
        boolean undecided = tx.state() == TransactionState.ACTIVE || tx.state() == TransactionState.PREPARING;
        Instant due = tx.deadline();
        if (!undecided || due == null || cells.isClosed()) {
            return;
        }
        Duration left = Duration.between(cells.now(), due);
        deadline = cells.host().timers().schedule(left, () -> cells.executor()
                .execute(() -> tell(new Command.DeadlinePassed(cells.now()))));
    }

    synchronized void disarm() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    synchronized void retain(Instant endedAt) {
        Transaction tx = state();
        boolean isKeptForSomebody = tx.isOwned() || tx.state().isFailed();
        if (!forgotten && !isKeptForSomebody) {
            cells.retention().keep(this, endedAt);
        }
    }

    void retentionIsOver() {
        if (!isForgotten()) {
            tell(new Command.Forget(null));
        }
    }
}
