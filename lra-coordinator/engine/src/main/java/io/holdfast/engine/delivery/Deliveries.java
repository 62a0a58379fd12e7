package io.holdfast.engine.delivery;

import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Command.Outcome;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.Vote;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes instructions to participants until they have answered. Each endpoint has a queue of its own and a bound on the calls under
 * way, so that a dead one holds up nobody else; each participant that gave no answer is told again at growing intervals. Thread-safe.
 */
public final class Deliveries implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine.delivery");

    /** Receives what the participants answered. */
    public interface Reports {
        void voted(TransactionId id, ParticipantId participant, Vote vote);

        void answered(TransactionId id, ParticipantId participant, Outcome outcome);

        void acknowledged(TransactionId id, ParticipantId participant, Notice notice);
    }

    private final ParticipantDriver driver;
    private final RetryPolicy retries;
    private final int maxCallsPerEndpoint;
    private final Timers timers;
    private final Executor executor;
    private final RandomGenerator random;
    private final Function<TransactionId, Optional<Transaction>> transactions;
    private final Reports reports;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<Delivery, Cancellable> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param maxCallsPerEndpoint how many calls may be under way to one endpoint
     * @param transactions tells a transaction as it is now
     */
    public Deliveries(
            ParticipantDriver driver,
            RetryPolicy retries,
            int maxCallsPerEndpoint,
            Timers timers,
            Executor executor,
            RandomGenerator random,
            Function<TransactionId, Optional<Transaction>> transactions,
            Reports reports) {
        this.driver = driver;
        this.retries = retries;
        this.maxCallsPerEndpoint = maxCallsPerEndpoint;
        this.timers = timers;
        this.executor = executor;
        this.random = random;
        this.transactions = transactions;
        this.reports = reports;
    }

    /** Asks each once, all at the same time. */
    public void askForVotes(TransactionId id, List<ParticipantId> participants) {
        participants.forEach(participant -> submit(new Delivery(id, participant, Instruction.PREPARE)));
    }

    /** Tells each to confirm, all at the same time. */
    public void confirm(TransactionId id, List<ParticipantId> participants) {
        participants.forEach(participant -> submit(new Delivery(id, participant, Instruction.CONFIRM)));
    }

    /** Tells each to cancel; the next is told when the first attempt at the one before is over, whatever came of it. */
    public void cancel(TransactionId id, List<ParticipantId> participants) {
        cancelNext(id, participants.iterator());
    }

    private void cancelNext(TransactionId id, Iterator<ParticipantId> rest) {
        while (rest.hasNext()) {
            Delivery delivery = new Delivery(id, rest.next(), Instruction.CANCEL);
            if (openParticipant(delivery) != null) {
                delivery.afterFirstAttempt = () -> cancelNext(id, rest);
                submit(delivery);
                return;
            }
        }
    }

    /** Tells the notice until it is acknowledged. */
    public void tell(TransactionId id, ParticipantId participant, Notice notice) {
        submit(new Delivery(id, participant, Instruction.telling(notice)));
    }

    /** Makes every waiting delivery due now. */
    public void retryNow() {
        Map.copyOf(waiting).forEach((delivery, timer) -> {
            if (waiting.remove(delivery, timer)) {
                timer.cancel();
                executor.execute(() -> submit(delivery));
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(Cancellable::cancel);
        waiting.clear();
    }

    private void submit(Delivery delivery) {
        Participant participant = openParticipant(delivery);
        if (participant == null) {
            delivery.firstAttemptIsOver();
            return;
        }
        List<Delivery> ready = new ArrayList<>();
        Endpoint endpoint = endpoints.compute(driver.endpointOf(participant), (name, known) -> {
            Endpoint used = known == null ? new Endpoint(name) : known;
            ready.addAll(used.enqueue(delivery));
            return used;
        });
        start(endpoint, ready);
    }

    private void callIsOver(Endpoint endpoint) {
        start(endpoint, endpoint.callIsOver());
        endpoints.computeIfPresent(endpoint.name, (name, known) -> known.isIdle() ? null : known);
    }

    private void start(Endpoint endpoint, List<Delivery> ready) {
        ready.forEach(delivery -> call(endpoint, delivery));
    }

    private void call(Endpoint endpoint, Delivery delivery) {
        Participant participant = openParticipant(delivery);
        Optional<Transaction> tx = transactions.apply(delivery.transaction);
        if (participant == null || tx.isEmpty()) {
            callIsOver(endpoint);
            delivery.firstAttemptIsOver();
            return;
        }
        delivery.attempts++;
        CompletionStage<Answer> stage;
        try {
            stage = driver.deliver(new Call(tx.get(), participant, delivery.instruction, delivery.attempts));
        } catch (RuntimeException failure) {
            stage = CompletableFuture.failedStage(failure);
        }
        stage.whenCompleteAsync(
                (answer, failure) -> {
                    callIsOver(endpoint);
                    if (!closed) {
                        handle(delivery, failure == null ? answer : new Answer.Unknown(String.valueOf(failure)));
                    }
                    delivery.firstAttemptIsOver();
                },
                executor);
    }

    private void handle(Delivery delivery, Answer answer) {
        Optional<Notice> notice = delivery.instruction.notice();
        if (delivery.instruction == Instruction.PREPARE) {
            reports.voted(delivery.transaction, delivery.participant, voteOf(answer));
        } else if (notice.isPresent() && !(answer instanceof Answer.Unknown)) {
            reports.acknowledged(delivery.transaction, delivery.participant, notice.get());
        } else if (answer instanceof Answer.Done || answer instanceof Answer.ReadOnly) {
            reports.answered(delivery.transaction, delivery.participant, new Outcome.Done());
        } else if (answer instanceof Answer.Refused refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    EngineMessage.PARTICIPANT_REFUSED.text(
                            delivery.participant, delivery.transaction, delivery.verb(), refused.cause()));
            reports.answered(delivery.transaction, delivery.participant, new Outcome.Failed(refused.cause()));
        } else if (answer instanceof Answer.InProgress progress) {
            reports.answered(
                    delivery.transaction, delivery.participant, new Outcome.InProgress(progress.progressAddress()));
            repeatLater(delivery);
        } else if (answer instanceof Answer.Unknown unknown) {
            if (delivery.attempts == 1) {
                LOG.log(
                        System.Logger.Level.INFO,
                        EngineMessage.PARTICIPANT_UNREACHABLE.text(
                                delivery.participant, delivery.transaction, delivery.verb(), unknown.cause()));
            }
            repeatLater(delivery);
        } else {
            throw new IllegalStateException("Unknown kind of answer: " + answer);
        }
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

    private void repeatLater(Delivery delivery) {
        Duration delay = retries.delayAfter(delivery.attempts, random);
        Cancellable[] own = new Cancellable[1];
        synchronized (delivery) {
            own[0] = timers.schedule(delay, () -> {
                synchronized (delivery) {
                    if (!waiting.remove(delivery, own[0])) {
                        return;
                    }
                }
                executor.execute(() -> submit(delivery));
            });
            waiting.put(delivery, own[0]);
        }
        if (closed) {
            own[0].cancel();
        }
    }

    private @Nullable Participant openParticipant(Delivery delivery) {
        if (closed) {
            return null;
        }
        return transactions
                .apply(delivery.transaction)
                .flatMap(tx -> tx.participants().find(delivery.participant))
                .filter(participant -> delivery.instruction
                        .notice()
                        .map(participant.owed()::contains)
                        .orElse(!participant.state().isFinal()))
                .orElse(null);
    }

    /** One participant that has to be told; lives until it has answered. */
    private static final class Delivery {
        private final TransactionId transaction;
        private final ParticipantId participant;
        private final Instruction instruction;
        private int attempts;
        private @Nullable Runnable afterFirstAttempt;

        Delivery(TransactionId transaction, ParticipantId participant, Instruction instruction) {
            this.transaction = transaction;
            this.participant = participant;
            this.instruction = instruction;
        }

        String verb() {
            return instruction.name().toLowerCase(Locale.ROOT);
        }

        void firstAttemptIsOver() {
            Runnable next = afterFirstAttempt;
            afterFirstAttempt = null;
            if (next != null) {
                next.run();
            }
        }
    }

    /** The queue of an endpoint. Its lock is held for memory work only. */
    private final class Endpoint {
        private final String name;
        private final Queue<Delivery> queue = new ArrayDeque<>();
        private int underWay;

        Endpoint(String name) {
            this.name = name;
        }

        synchronized boolean isIdle() {
            return underWay == 0 && queue.isEmpty();
        }

        synchronized List<Delivery> enqueue(Delivery delivery) {
            queue.add(delivery);
            return startable();
        }

        synchronized List<Delivery> callIsOver() {
            underWay--;
            return startable();
        }

        private List<Delivery> startable() {
            List<Delivery> ready = new ArrayList<>();
            while (underWay < maxCallsPerEndpoint && !queue.isEmpty()) {
                ready.add(queue.remove());
                underWay++;
            }
            return ready;
        }
    }
}
