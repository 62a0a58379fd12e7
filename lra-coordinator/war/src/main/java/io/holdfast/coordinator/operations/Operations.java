package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.UnknownLraException;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.log.OperatorLog;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What an operator sees of the LRAs and can do with those that do not end by themselves. What decides is noted durably, with who and
 * why, before it is done. Futures complete when what they tell is durable; they fail with the engine's exceptions, with
 * {@link NotPossibleException} or {@link UnknownLraException}, and then nothing has changed. Thread-safe.
 */
public final class Operations {
    /** LRAs in one list. */
    public static final int MOST_LISTED = 1_000;

    private final Coordinator engine;
    private final StandingAlarms alarms;
    private final LongSupplier alarmsNotSent;
    private final OperatorLog log;
    private final Clock clock;
    private final Executor executor;

    /** @param executor runs what waits for the disk */
    public Operations(
            Coordinator engine,
            StandingAlarms alarms,
            LongSupplier alarmsNotSent,
            OperatorLog log,
            Clock clock,
            Executor executor) {
        this.engine = engine;
        this.alarms = alarms;
        this.alarmsNotSent = alarmsNotSent;
        this.log = log;
        this.clock = clock;
        this.executor = executor;
    }

    public String nodeId() {
        return engine.nodeId();
    }

    /**
     * How many LRAs there are with each concern and how many participants wait, have failed or have an alarm, by name; and how many alarms
     * were raised and not sent since the start. Looks at each LRA once.
     */
    public CompletableFuture<Map<String, Long>> counts() {
        Counting counting = new Counting(alarms);
        return engine.list(
                        tx -> {
                            counting.add(tx);
                            return false;
                        },
                        1)
                .thenApply(none -> counting.result(alarmsNotSent.getAsLong(), engine.logForces()));
    }

    /** Those with one of the concerns, at most one more than {@value #MOST_LISTED}. */
    public CompletableFuture<List<LraReport>> list(Set<Concern> concerns) {
        return engine.list(tx -> concerns.stream().anyMatch(concern -> concern.fits(tx, alarms)), MOST_LISTED + 1)
                .thenApply(found ->
                        found.stream().map(tx -> LraReport.of(tx, alarms)).toList());
    }

    public CompletableFuture<LraReport> find(TransactionId id) {
        return engine.find(id).thenApply(tx -> LraReport.of(tx, alarms));
    }

    /** What operators have done, the newest last, {@value #MOST_LISTED} lines at most. */
    public CompletableFuture<List<String>> actions() {
        return CompletableFuture.supplyAsync(() -> log.last(MOST_LISTED), executor);
    }

    /** Makes every waiting call to a participant due now. */
    public void retryNow() {
        engine.retryNow();
    }

    /** Makes what waits for the participants of one LRA due now, and with them whatever else waits for the same host and port. */
    public CompletableFuture<LraReport> retryNow(TransactionId id) {
        return engine.find(id).thenApply(tx -> {
            if (!Lra.isWaiting(tx)) {
                throw notPossible(tx, "nothing of it waits for a participant");
            }
            engine.retryNow(id);
            return LraReport.of(tx, alarms);
        });
    }

    /** Closes an LRA that is held, in its owner's place, who is refused a cancel from then on. */
    public CompletableFuture<LraReport> close(TransactionId id, Order order) {
        return decide("close", id, order, true);
    }

    /** As {@link #close}, but cancels. */
    public CompletableFuture<LraReport> cancel(TransactionId id, Order order) {
        return decide("cancel", id, order, false);
    }

    private CompletableFuture<LraReport> decide(String verb, TransactionId id, Order order, boolean confirm) {
        return act(
                verb + " the LRA " + id,
                id,
                order,
                tx -> {
                    if (tx.state() != TransactionState.PREPARED) {
                        throw notPossible(tx, "an operator decides only in the place of an owner that holds it");
                    }
                },
                () -> engine.decideByPerson(id, confirm, order.operator(), order.reason()));
    }

    /** A failed LRA has been looked at: nobody is told anything more, and it leaves the log. */
    public CompletableFuture<LraReport> resolve(TransactionId id, Order order) {
        return act(
                "resolve the LRA " + id,
                id,
                order,
                tx -> {
                    if (!tx.state().isFailed()) {
                        throw notPossible(tx, "only a failed one is resolved as a whole");
                    }
                },
                () -> engine.resolve(id, order.operator(), order.reason()));
    }

    /** A person has done what a participant is told, or answers for it: it counts as done, and what waits for it goes on. */
    public CompletableFuture<LraReport> resolve(TransactionId id, ParticipantId participant, Order order) {
        return act(
                "resolve the participant " + participant + " of the LRA " + id,
                id,
                order,
                tx -> told(tx, participant),
                () -> engine.resolve(id, participant, order.operator(), order.reason()));
    }

    /**
     * A participant that has not answered is told the other side instead: to compensate in an LRA that closes, to complete in one that is
     * cancelled. The LRA ends as failed.
     */
    public CompletableFuture<LraReport> force(TransactionId id, ParticipantId participant, Order order) {
        return act(
                "force to the other side the participant " + participant + " of the LRA " + id,
                id,
                order,
                tx -> {
                    if (told(tx, participant).state().isFinal()) {
                        throw notPossible(tx, "the participant has answered");
                    }
                },
                () -> engine.force(id, participant, order.operator(), order.reason()));
    }

    private static Participant told(Transaction tx, ParticipantId participant) {
        Participant told = tx.participants()
                .find(participant)
                .filter(known -> known.kind() != ParticipantKind.NESTED)
                .orElseThrow(
                        () -> new UnknownLraException("The LRA " + tx.id() + " has no participant " + participant));
        if (tx.state() != TransactionState.CONFIRMING && tx.state() != TransactionState.CANCELLING) {
            throw notPossible(tx, "its participants are not being told");
        }
        return told;
    }

    @FunctionalInterface
    private interface Check {
        void check(Transaction tx);
    }

    @FunctionalInterface
    private interface Action {
        CompletableFuture<Transaction> begin();
    }

    private CompletableFuture<LraReport> act(String what, TransactionId id, Order order, Check check, Action action) {
        return engine.find(id)
                .thenComposeAsync(
                        tx -> {
                            check.check(tx);
                            log.add(clock.now(), order.operator(), what, order.reason());
                            CoordinatorMessage.OPERATOR_ACTED.log(
                                    Bounds.shown(order.operator()), what, Bounds.shown(order.reason()));
                            return action.begin();
                        },
                        executor)
                .thenApply(tx -> LraReport.of(tx, alarms));
    }

    private static NotPossibleException notPossible(Transaction tx, String why) {
        Lra lra = Lra.of(tx);
        String held = tx.state() == TransactionState.PREPARED ? " and held" : "";
        return new NotPossibleException(
                "The LRA " + lra.id() + " is " + lra.status().word() + held + ": " + why);
    }
}
