package io.holdfast.engine.delivery;

import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Command.Outcome;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.Vote;
import io.holdfast.engine.time.HelpingExecutor;
import io.holdfast.engine.time.Overdue;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes instructions to participants until they have answered. Each endpoint has a queue of its own, a bound on the calls under way and
 * a circuit, so that a dead one holds up nobody else; each participant that gave no final answer is told again at growing intervals.
 * Thread-safe.
 */
public final class Deliveries implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine.delivery");

    /** Receives what the participants answered. */
    public interface Reports {
        void voted(TransactionId id, ParticipantId participant, Vote vote);

        /** @param instruction confirm or cancel, which it may be told no more */
        void answered(TransactionId id, ParticipantId participant, Instruction instruction, Outcome outcome);

        void acknowledged(TransactionId id, ParticipantId participant, Notice notice);
    }

    private final ParticipantDriver driver;
    private final Duration patience;
    private final Timers timers;
    private final Executor executor;
    private final Function<TransactionId, Optional<Transaction>> transactions;
    private final Reports reports;
    private final Endpoint.Shared shared;
    private final AlarmPolicy alarms;
    private final Overdue<Delivery> overdue;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param maxCallsPerEndpoint how many calls may be under way to one endpoint
     * @param patience how long a first attempt that is not answered holds back what comes after it
     * @param transactions tells a transaction as it is now
     */
    public Deliveries(
            ParticipantDriver driver,
            RetryPolicy retries,
            AlarmPolicy alarms,
            int maxCallsPerEndpoint,
            Duration patience,
            Timers timers,
            Executor executor,
            RandomGenerator random,
            Function<TransactionId, Optional<Transaction>> transactions,
            Reports reports) {
        this.driver = driver;
        this.patience = patience;
        this.timers = timers;
        this.executor = executor;
        this.transactions = transactions;
        this.reports = reports;
        this.alarms = alarms;
        this.overdue = new Overdue<>(
                alarms.after(),
                timers,
                delivery -> openParticipant(delivery) == null,
                late -> executor.execute(() -> late.forEach(delivery -> alarm(delivery, false))));
        this.shared = new Endpoint.Shared(
                retries,
                maxCallsPerEndpoint,
                timers,
                random,
                (endpoint, ready) -> executor.execute(() -> start(endpoint, ready)));
    }

    /**
     * Asks each once, all at the same time.
     *
     * @param maybeTold whether they may have been asked before this engine was started
     */
    public void askForVotes(TransactionId id, List<ParticipantId> participants, boolean maybeTold) {
        participants.forEach(participant -> submit(new Delivery(id, participant, Instruction.PREPARE, maybeTold)));
    }

    /**
     * Tells each to confirm, all at the same time.
     *
     * @param maybeTold whether they may have been told before this engine was started
     */
    public void confirm(TransactionId id, List<ParticipantId> participants, boolean maybeTold) {
        participants.forEach(participant -> submit(new Delivery(id, participant, Instruction.CONFIRM, maybeTold)));
    }

    /**
     * Tells each to cancel; the next is told when the first attempt at the one before is over, whatever came of it, or has taken longer
     * than the patience allows.
     *
     * @param maybeTold whether they may have been told before this engine was started
     */
    public void cancel(TransactionId id, List<ParticipantId> participants, boolean maybeTold) {
        cancelNext(id, participants.iterator(), maybeTold);
    }

    private void cancelNext(TransactionId id, Iterator<ParticipantId> rest, boolean maybeTold) {
        while (rest.hasNext()) {
            Delivery delivery = new Delivery(id, rest.next(), Instruction.CANCEL, maybeTold);
            if (openParticipant(delivery) != null) {
                if (rest.hasNext()) {
                    afterFirstAttempt(delivery, () -> cancelNext(id, rest, maybeTold));
                }
                submit(delivery);
                return;
            }
        }
    }

    /**
     * Tells the notice until it is acknowledged.
     *
     * @param maybeTold whether it may have been told before this engine was started
     * @param tried run when the first attempt is over, whatever came of it, or has taken longer than the patience allows
     */
    public void tell(TransactionId id, ParticipantId participant, Notice notice, boolean maybeTold, Runnable tried) {
        Delivery delivery = new Delivery(id, participant, Instruction.telling(notice), maybeTold);
        afterFirstAttempt(delivery, tried);
        submit(delivery);
    }

    private void afterFirstAttempt(Delivery delivery, Runnable next) {
        Cancellable limit = timers.schedule(patience, () -> executor.execute(delivery::firstAttemptIsOver));
        delivery.afterFirstAttempt(() -> {
            limit.cancel();
            next.run();
        });
    }

    /** Makes every waiting delivery due now, also where the endpoint is taken for dead. */
    public void retryNow() {
        endpoints.values().forEach(this::force);
    }

    /** Makes every delivery due now that waits for an endpoint of a participant that is not done. */
    public void retryNow(Transaction tx) {
        tx.participants().stream()
                .filter(participant -> !participant.state().isFinal())
                .map(driver::endpointOf)
                .distinct()
                .forEach(this::retryNow);
    }

    /** Makes every delivery that waits for this endpoint due now, also where it is taken for dead. */
    public void retryNow(String endpoint) {
        Endpoint known = endpoints.get(endpoint);
        if (known != null) {
            force(known);
        }
    }

    private void force(Endpoint endpoint) {
        executor.execute(() -> start(endpoint, endpoint.force()));
    }

    /**
     * What has come so far of telling participants of the transactions, in no order. One whose turn has not come is not among them. Looks at
     * all that waits, one endpoint after the other, and holds up nothing else.
     */
    public List<Attempts> attempts(Set<TransactionId> ofTransactions) {
        return endpoints.values().stream()
                .flatMap(endpoint -> endpoint.attempts(ofTransactions).stream())
                .toList();
    }

    /** The participant is reached elsewhere from now on: what waits for its former endpoint waits there no longer. */
    public void moved(TransactionId id, Participant before, Participant now) {
        String formerName = driver.endpointOf(before);
        Endpoint former = endpoints.get(formerName);
        if (former != null && !formerName.equals(driver.endpointOf(now))) {
            former.take(id, before.id()).forEach(this::submit);
            dropIfIdle(former);
        }
    }

    @Override
    public void close() {
        closed = true;
        overdue.close();
        endpoints.values().forEach(Endpoint::close);
    }

    private void submit(Delivery delivery) {
        Participant participant = openParticipant(delivery);
        if (participant == null) {
            delivery.firstAttemptIsOver();
            return;
        }
        List<Delivery> ready = new ArrayList<>();
        Endpoint endpoint = endpoints.compute(driver.endpointOf(participant), (name, known) -> {
            Endpoint used = known == null ? new Endpoint(name, shared) : known;
            ready.addAll(used.enqueue(delivery));
            return used;
        });
        if (!ready.contains(delivery) && endpoint.isSilent()) {
            watch(delivery);
            executor.execute(delivery::firstAttemptIsOver);
        }
        start(endpoint, ready);
    }

    private void start(Endpoint endpoint, List<Delivery> ready) {
        ready.forEach(delivery -> call(endpoint, delivery));
    }

    private void call(Endpoint endpoint, Delivery delivery) {
        Participant participant = openParticipant(delivery);
        Optional<Transaction> tx = transactions.apply(delivery.transaction());
        if (participant == null || tx.isEmpty()) {
            callWasNotMade(endpoint, delivery);
            delivery.firstAttemptIsOver();
            return;
        }
        if (!delivery.isFresh() && !driver.endpointOf(participant).equals(endpoint.name())) {
            // First, since the new endpoint decides anew whether the delivery is a probe.
            callWasNotMade(endpoint, delivery);
            submit(delivery);
            return;
        }
        CompletionStage<Answer> stage;
        try {
            stage = driver.deliver(new Call(tx.get(), participant, delivery.instruction(), delivery.nextAttempt()));
        } catch (RuntimeException failure) {
            stage = CompletableFuture.failedStage(failure);
        }
        stage.whenCompleteAsync(
                (answer, failure) -> {
                    callIsOver(
                            endpoint,
                            delivery,
                            failure == null ? answer : new Answer.Unreachable(String.valueOf(failure)));
                    delivery.firstAttemptIsOver();
                },
                task -> HelpingExecutor.ofThisThread(executor).execute(task));
    }

    private void callIsOver(Endpoint endpoint, Delivery delivery, Answer answer) {
        boolean again = false;
        boolean moved = false;
        try {
            boolean repeated = !closed && handle(delivery, answer);
            moved = repeated && hasMoved(endpoint, delivery);
            again = repeated && !moved;
        } finally {
            start(
                    endpoint,
                    answer instanceof Answer.Unreachable unreachable
                            ? endpoint.unanswered(delivery, again, unreachable.cause())
                            : endpoint.answered(delivery, again));
            dropIfIdle(endpoint);
        }
        if (moved) {
            submit(delivery);
        }
    }

    private boolean hasMoved(Endpoint endpoint, Delivery delivery) {
        Participant participant = openParticipant(delivery);
        return participant != null && !driver.endpointOf(participant).equals(endpoint.name());
    }

    private void callWasNotMade(Endpoint endpoint, Delivery delivery) {
        List<Delivery> ready = endpoint.callWasNotMade(delivery);
        executor.execute(() -> start(endpoint, ready));
        dropIfIdle(endpoint);
    }

    private void dropIfIdle(Endpoint endpoint) {
        endpoints.computeIfPresent(endpoint.name(), (name, known) -> {
            if (known.isIdle()) {
                known.close();
                return null;
            }
            return known;
        });
    }

    /** @return whether it has to be told again */
    private boolean handle(Delivery delivery, Answer answer) {
        Optional<Notice> notice = delivery.instruction().notice();
        TransactionId id = delivery.transaction();
        ParticipantId participant = delivery.participant();
        if (delivery.instruction() == Instruction.PREPARE) {
            reports.voted(id, participant, voteOf(answer));
            return false;
        } else if (answer instanceof Answer.Unknown unknown) {
            noteUnanswered(delivery, unknown.cause());
            noteResult(delivery, unknown.cause());
            return true;
        } else if (answer instanceof Answer.Unreachable unreachable) {
            noteUnanswered(delivery, unreachable.cause());
            noteResult(delivery, unreachable.cause());
            return true;
        } else if (notice.isPresent()) {
            reports.acknowledged(id, participant, notice.get());
            return false;
        } else if (answer instanceof Answer.Done || answer instanceof Answer.ReadOnly) {
            reports.answered(id, participant, delivery.instruction(), new Outcome.Done());
            return false;
        } else if (answer instanceof Answer.Refused refused) {
            noteRefusal(delivery, refused.cause());
            reports.answered(id, participant, delivery.instruction(), new Outcome.Failed(refused.cause()));
            return false;
        } else if (answer instanceof Answer.InProgress progress) {
            reports.answered(
                    id, participant, delivery.instruction(), new Outcome.InProgress(progress.progressAddress()));
            noteResult(delivery, "it is at work");
            return true;
        } else {
            throw new IllegalStateException("Unknown kind of answer: " + answer);
        }
    }

    private static void noteUnanswered(Delivery delivery, String cause) {
        if (delivery.attempts() == 1) {
            LOG.log(
                    System.Logger.Level.INFO,
                    EngineMessage.PARTICIPANT_UNREACHABLE.text(
                            delivery.participant(), delivery.transaction(), delivery.verb(), cause));
        }
    }

    private void noteRefusal(Delivery delivery, String cause) {
        if (openParticipant(delivery) == null) {
            return;
        }
        boolean turnsRound = delivery.instruction() == Instruction.CONFIRM
                && transactions
                        .apply(delivery.transaction())
                        .map(Transaction::isReversible)
                        .orElse(false);
        if (turnsRound) {
            LOG.log(
                    System.Logger.Level.INFO,
                    EngineMessage.CONFIRM_TURNED_ROUND.text(delivery.participant(), delivery.transaction(), cause));
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                EngineMessage.PARTICIPANT_REFUSED.text(
                        delivery.participant(), delivery.transaction(), delivery.verb(), cause));
        delivery.note(cause);
        alarm(delivery, true);
    }

    private void noteResult(Delivery delivery, String result) {
        delivery.note(result);
        watch(delivery);
        if (alarms.isReached(delivery.attempts())) {
            alarm(delivery, false);
        }
    }

    private void watch(Delivery delivery) {
        if (delivery.becomeWatched()) {
            overdue.note(delivery);
        }
    }

    private void alarm(Delivery delivery, boolean refused) {
        Participant participant = openParticipant(delivery);
        Optional<Transaction> tx = transactions.apply(delivery.transaction());
        if (participant == null || tx.isEmpty() || !delivery.becomeAlarmed()) {
            return;
        }
        if (!refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    EngineMessage.PARTICIPANT_OVERDUE.text(
                            participant.id(),
                            delivery.transaction(),
                            delivery.verb(),
                            delivery.attempts(),
                            delivery.lastResult()));
        }
        driver.alarmed(new Alarm(
                tx.get(), participant, delivery.instruction(), delivery.attempts(), refused, delivery.lastResult()));
    }

    private static Vote voteOf(Answer answer) {
        if (answer instanceof Answer.Done) {
            return Vote.YES;
        } else if (answer instanceof Answer.ReadOnly) {
            return Vote.READ_ONLY;
        } else if (answer instanceof Answer.Refused) {
            return Vote.NO;
        } else {
            return Vote.UNREACHABLE;
        }
    }

    /** Null when it does not have to be told this, or not any more: a person may have forced it to the other side. */
    private @Nullable Participant openParticipant(Delivery delivery) {
        if (closed) {
            return null;
        }
        return transactions
                .apply(delivery.transaction())
                .flatMap(tx -> tx.participants().find(delivery.participant()))
                .filter(participant -> isToBeTold(participant, delivery.instruction()))
                .orElse(null);
    }

    private static boolean isToBeTold(Participant participant, Instruction instruction) {
        return switch (instruction) {
            case PREPARE -> !participant.state().isFinal();
            case CONFIRM -> participant.state() == ParticipantState.CONFIRMING;
            case CANCEL -> participant.state() == ParticipantState.CANCELLING;
            case FORGET -> participant.owed().contains(Notice.FORGET);
            case OUTCOME -> participant.owed().contains(Notice.OUTCOME);
        };
    }
}
