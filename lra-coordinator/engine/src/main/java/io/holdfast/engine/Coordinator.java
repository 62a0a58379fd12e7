package io.holdfast.engine;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Deliveries;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.log.LogDamagedException;
import io.holdfast.engine.log.SegmentLog;
import io.holdfast.engine.log.TransactionLog;
import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Decision;
import io.holdfast.engine.state.Effect;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Machine;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.state.Vote;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers participants before they act, takes each decision once, and delivers it until every participant has answered.
 *
 * <p>Every method returns at once. A future completes when what it tells is durable, and completes exceptionally with
 * {@link UnknownTransactionException}, {@link RefusedException} (nothing changed) or
 * {@link io.holdfast.engine.log.LogFailedException} (the node takes no more work). Thread-safe.
 */
public final class Coordinator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine");
    private static final int ID_BYTES = 16;

    private final Host host;
    private final Settings settings;
    private final TransactionLog log;
    private final Deliveries deliveries;
    private final Map<TransactionId, Cell> cells = new ConcurrentHashMap<>();
    private final Map<String, Cell> byOwner = new ConcurrentHashMap<>();
    private final AtomicBoolean checkpointing = new AtomicBoolean();
    private volatile boolean closed;

    private Coordinator(Settings settings, Host host, ParticipantDriver driver) {
        this.host = host;
        this.settings = settings;
        this.deliveries = new Deliveries(
                new NestedDriver(driver),
                settings.retries(),
                settings.maxCallsPerEndpoint(),
                host.timers(),
                host.executor(),
                host.random(),
                this::current,
                new Reports());
        Restoration restoration = new Restoration();
        this.log = SegmentLog.open(host.disk(), host.executor(), host.random(), restoration);
        restoration.checkComplete();
    }

    /**
     * Opens the log in the host's directory, restores what it holds and goes on with it: open deliveries, armed time limits,
     * retention.
     *
     * @throws io.holdfast.engine.log.LogUnavailableException if the directory cannot be used or the log is damaged
     */
    public static Coordinator open(Settings settings, Host host, ParticipantDriver driver) {
        Coordinator coordinator = new Coordinator(settings, host, driver);
        coordinator.resume();
        return coordinator;
    }

    /** The name of this node, generated once and kept with its log. */
    public String nodeId() {
        return log.nodeId();
    }

    /**
     * Starts a transaction.
     *
     * @param origin what the border needs to find it again, at most 64 KB
     * @param owner a token that only the owner knows; starting twice with the same one gives the same transaction. Null: nobody owns it
     * @param limit after which it is cancelled while undecided; null for never
     */
    public CompletableFuture<Transaction> start(String origin, @Nullable String owner, @Nullable Duration limit) {
        return start(origin, owner, null, limit);
    }

    /**
     * Starts a transaction inside another. It can be confirmed or cancelled before its parent; if it was confirmed and the parent is
     * cancelled, it is cancelled too. A parent that ends decides for nested ones that are still active.
     *
     * @param parent an active transaction
     * @see #start(String, String, Duration)
     */
    public CompletableFuture<Transaction> startNested(
            TransactionId parent, String origin, @Nullable String owner, @Nullable Duration limit) {
        return with(parent, outer -> {
            if (outer.state().state() != TransactionState.ACTIVE) {
                return CompletableFuture.failedFuture(new RefusedException(Refusal.NOT_ACTIVE, outer.state()));
            }
            return start(origin, owner, parent, limit).thenCompose(nested -> join(
                            parent, ParticipantKind.NESTED, nested.id().value(), "", Set.of(), null)
                    .handle((joined, failure) -> failure)
                    .thenCompose(failure -> failure == null
                            ? CompletableFuture.completedFuture(nested)
                            : cancel(nested.id(), owner)
                                    .thenCompose(cancelled -> CompletableFuture.failedFuture(failure))));
        });
    }

    private CompletableFuture<Transaction> start(
            String origin, @Nullable String owner, @Nullable TransactionId parent, @Nullable Duration limit) {
        Cell cell = new Cell(newTransactionId());
        Cell earlier;
        synchronized (cell) {
            earlier = owner == null ? null : byOwner.putIfAbsent(owner, cell);
            if (earlier == null) {
                cells.put(cell.id, cell);
                return cell.run(Machine.start(new Command.Start(cell.id, origin, owner, parent, limit, now())));
            }
        }
        return durably(earlier);
    }

    /**
     * Adds a participant, before it acts. The same address again is the same participant; new data replace its old ones.
     *
     * @param wants the notices that it wants when they are due
     * @param limit shortens the transaction's limit when it is earlier; null leaves it
     */
    public CompletableFuture<Joined> join(
            TransactionId id,
            ParticipantKind kind,
            String address,
            String data,
            Set<Notice> wants,
            @Nullable Duration limit) {
        return with(id, cell -> {
            Transaction before = cell.state();
            Optional<Participant> known = before.participants().findByAddress(address);
            if (known.isEmpty() && before.participants().size() >= settings.maxParticipants()) {
                return CompletableFuture.failedFuture(new TooManyParticipantsException(id, settings.maxParticipants()));
            }
            String earlierData = known.map(Participant::data).orElse("");
            return cell.submit(new Command.Join(newParticipantId(), kind, address, data, wants, limit, now()))
                    .thenApply(after -> new Joined(
                            after, after.participants().findByAddress(address).orElseThrow(), earlierData));
        });
    }

    /** Replaces the data of a participant of a transaction that is not decided. */
    public CompletableFuture<Transaction> storeData(TransactionId id, ParticipantId participant, String data) {
        return with(id, cell -> cell.submit(new Command.StoreData(participant, data)));
    }

    /**
     * Tells where a participant is reached from now on.
     *
     * @param forced whether the future waits until that is durable
     */
    public CompletableFuture<Transaction> relocate(
            TransactionId id, ParticipantId participant, String address, boolean forced) {
        return with(id, cell -> cell.submit(new Command.Relocate(participant, address, forced), forced));
    }

    /** Takes a participant out of an active transaction. */
    public CompletableFuture<Transaction> leave(TransactionId id, ParticipantId participant) {
        return with(id, cell -> cell.submit(new Command.Leave(participant)));
    }

    /** Sets the time limit, counted from now, of an active transaction; null for none. */
    public CompletableFuture<Transaction> renew(TransactionId id, @Nullable Duration limit) {
        return with(id, cell -> cell.submit(new Command.Renew(limit, now())));
    }

    /**
     * Asks the voting participants and completes when the vote is over: with a transaction that is prepared, or confirming or
     * confirmed (one-phase, or nothing left to decide), or cancelling or cancelled after a refusal ({@link Transaction#reason()}).
     *
     * @param decideWhenPrepared one-phase commit: the last yes is the decision to confirm
     */
    public CompletableFuture<Transaction> prepare(TransactionId id, boolean decideWhenPrepared) {
        return with(id, cell -> {
            CompletableFuture<Transaction> over =
                    cell.when(tx -> tx.state() != TransactionState.ACTIVE && tx.state() != TransactionState.PREPARING);
            return cell.submit(new Command.Prepare(decideWhenPrepared, now())).thenCompose(tx -> over);
        });
    }

    /**
     * From now on only who shows the owner's token ends it; the time limit no longer counts. Needs no votes. Covers the transactions
     * nested in it, which from now on only end with it.
     */
    public CompletableFuture<Transaction> hold(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.Hold(owner)))
                .thenCompose(held -> allNested(held, nested -> hold(nested.id(), nested.owner()))
                        .thenApply(done -> held));
    }

    /** Runs the action on what is nested in it and not ended; one that has been decided meanwhile is left out. */
    private CompletableFuture<Void> allNested(
            Transaction tx, Function<Transaction, CompletableFuture<Transaction>> action) {
        return CompletableFuture.allOf(tx.participants().stream()
                .filter(participant -> participant.kind() == ParticipantKind.NESTED)
                .map(participant -> current(new TransactionId(participant.address())))
                .flatMap(Optional::stream)
                .map(nested -> action.apply(nested).handle(Coordinator::refusedOrDone))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static Void refusedOrDone(Transaction done, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause == null || cause instanceof RefusedException || cause instanceof UnknownTransactionException) {
            return null;
        }
        throw new CompletionException(cause);
    }

    /**
     * Decides to confirm; completes when the decision is durable, before the participants have answered. Without the token of an owned
     * transaction nothing is decided and the transaction is returned as it is.
     */
    public CompletableFuture<Transaction> confirm(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.Confirm(owner, Reason.REQUESTED, now())));
    }

    /**
     * Decides to cancel; completes when the decision is durable, before the participants have answered. What is confirmed
     * provisionally can be cancelled while the transaction around it is active.
     */
    public CompletableFuture<Transaction> cancel(TransactionId id, @Nullable String owner) {
        return with(id, cell -> {
            // A hold of the parent looks at this cell after it has taken effect, so that it sees a cancel that came
            // before it.
            synchronized (cell) {
                Optional<Refusal> refusal = refusedByParent(cell.state());
                return refusal.isPresent()
                        ? CompletableFuture.failedFuture(new RefusedException(refusal.get(), cell.state()))
                        : cell.submit(new Command.Cancel(owner, Reason.REQUESTED, now()));
            }
        });
    }

    private Optional<Refusal> refusedByParent(Transaction tx) {
        TransactionId parent = tx.parent();
        if (parent == null || !tx.isProvisional()) {
            return Optional.empty();
        }
        return switch (current(parent).map(Transaction::state).orElse(TransactionState.CONFIRMED)) {
            case ACTIVE -> Optional.empty();
            case PREPARING, PREPARED, PRE_COMMITTED -> Optional.of(Refusal.HELD);
            case CONFIRMING, CONFIRMED, CANCELLING, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL ->
                Optional.of(Refusal.DECIDED_OTHERWISE);
        };
    }

    /** Drops an ended transaction before its retention time is over. */
    public CompletableFuture<Transaction> forget(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.Forget(owner)));
    }

    /** Completes when every participant has answered the decision; that may take for ever. */
    public CompletableFuture<Transaction> ended(TransactionId id) {
        return with(id, cell -> cell.when(tx -> tx.state().isFinal()));
    }

    /**
     * Completes when it has ended and nobody is owed a notice any more, neither here nor in what is nested in it; that may take for
     * ever. The notices of a nested one that is confirmed provisionally are not due yet.
     */
    public CompletableFuture<Transaction> settled(TransactionId id) {
        return with(
                        id,
                        cell -> cell.when(
                                tx -> tx.state().isFinal() && tx.participants().owed() == 0))
                .thenCompose(tx -> tx.isProvisional()
                        ? CompletableFuture.completedFuture(tx)
                        : allNested(tx, this::settledForGood).thenApply(done -> tx));
    }

    private CompletableFuture<Transaction> settledForGood(Transaction nested) {
        return with(
                        nested.id(),
                        cell -> cell.when(tx -> !tx.isProvisional()
                                && tx.state().isFinal()
                                && tx.participants().owed() == 0))
                .thenCompose(tx -> allNested(tx, this::settledForGood).thenApply(done -> tx));
    }

    /** The transaction, or a future that fails with {@link UnknownTransactionException}. */
    public CompletableFuture<Transaction> find(TransactionId id) {
        return with(id, this::durably);
    }

    /**
     * The transactions that match, in no order.
     *
     * @param limit how many at most, from 1
     */
    public CompletableFuture<List<Transaction>> list(Predicate<Transaction> filter, int limit) {
        List<Cell> matching = cells.values().stream()
                .filter(cell -> cell.isStarted() && filter.test(cell.state()))
                .limit(limit)
                .toList();
        long last = matching.stream().mapToLong(Cell::sequence).max().orElse(0);
        List<Transaction> transactions = matching.stream().map(Cell::state).toList();
        return log.force(last).thenApplyAsync(done -> transactions, host.executor());
    }

    /** Makes every waiting delivery due now. */
    public void retryNow() {
        deliveries.retryNow();
    }

    /** Writes a checkpoint now; otherwise one is written when the log has grown by the configured size. */
    public void checkpoint() {
        log.checkpoint(() -> cells.values().stream().map(Cell::snapshot).flatMap(Optional::stream));
    }

    /** Stops deliveries and timers, makes the log durable and gives its directory back. Futures that wait stay incomplete. */
    @Override
    public void close() {
        closed = true;
        deliveries.close();
        cells.values().forEach(Cell::disarm);
        log.close();
    }

    private void resume() {
        for (Cell cell : List.copyOf(cells.values())) {
            Transaction tx = cell.state();
            boolean presumedAborted = settings.undecidedAfterRestart() == Settings.UndecidedAfterRestart.CANCEL
                    && (tx.state() == TransactionState.ACTIVE || tx.state() == TransactionState.PREPARING);
            if (presumedAborted) {
                cell.tell(new Command.Cancel(tx.owner(), Reason.PRESUMED_ABORT, now()));
            } else if (isOrphan(tx)) {
                cell.tell(
                        tx.isProvisional()
                                ? new Command.Settle()
                                : new Command.Cancel(tx.owner(), Reason.PARENT, now()));
            } else {
                cell.runEffects(Machine.resume(tx));
            }
        }
    }

    /**
     * Whether what it was nested in does not know it, because a crash came between, or has ended and is gone, which it does with a
     * confirmed one below only when it was confirmed itself.
     */
    private boolean isOrphan(Transaction tx) {
        TransactionId parent = tx.parent();
        boolean undecided = tx.state() == TransactionState.ACTIVE || tx.state() == TransactionState.PREPARED;
        if (parent == null || !(undecided || tx.isProvisional())) {
            return false;
        }
        return current(parent)
                .flatMap(outer -> outer.participants().findByAddress(tx.id().value()))
                .isEmpty();
    }

    private <T> CompletableFuture<T> with(TransactionId id, CellAction<T> action) {
        Cell cell = cells.get(id);
        return cell == null || !cell.isStarted()
                ? CompletableFuture.failedFuture(new UnknownTransactionException(id))
                : action.apply(cell);
    }

    private CompletableFuture<Transaction> durably(Cell cell) {
        Transaction tx;
        long sequence;
        synchronized (cell) {
            tx = cell.state();
            sequence = cell.sequence;
        }
        return log.force(sequence).thenApplyAsync(done -> tx, host.executor());
    }

    private Optional<Transaction> current(TransactionId id) {
        return Optional.ofNullable(cells.get(id)).filter(Cell::isStarted).map(Cell::state);
    }

    private void checkpointWhenDue() {
        if (log.bytesSinceCheckpoint() >= settings.checkpointBytes() && checkpointing.compareAndSet(false, true)) {
            host.executor().execute(() -> {
                try {
                    checkpoint();
                } finally {
                    checkpointing.set(false);
                }
            });
        }
    }

    private static Transaction applied(@Nullable Transaction before, List<Event> events) {
        Transaction tx = before;
        for (Event event : events) {
            tx = Machine.apply(tx, event);
        }
        return Objects.requireNonNull(tx);
    }

    private Instant now() {
        return host.clock().now();
    }

    private TransactionId newTransactionId() {
        return new TransactionId(randomText());
    }

    private ParticipantId newParticipantId() {
        return new ParticipantId(randomText());
    }

    private String randomText() {
        byte[] bytes = new byte[ID_BYTES];
        host.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @FunctionalInterface
    private interface CellAction<T> {
        CompletableFuture<T> apply(Cell cell);
    }

    private record Waiter(Predicate<Transaction> condition, CompletableFuture<Transaction> future) {}

    /** The one mutable cell of a transaction. Its lock is held for memory work only, never for a write or a call. */
    private final class Cell implements Effect.Runner {
        private final TransactionId id;
        private @Nullable Transaction state;
        private long sequence;
        private Collection<Waiter> waiters = List.of();
        private @Nullable Cancellable deadline;
        private @Nullable Cancellable retention;
        private boolean forgotten;

        Cell(TransactionId id) {
            this.id = id;
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
                if (failure != null && !closed) {
                    LOG.log(System.Logger.Level.ERROR, EngineMessage.COMMAND_FAILED.text(id, command), failure);
                }
            });
        }

        /** @param answerWaits whether the future completes only when the state it tells is durable */
        CompletableFuture<Transaction> submit(Command command, boolean answerWaits) {
            Decision decision;
            CompletableFuture<Transaction> result;
            synchronized (this) {
                Transaction before = state();
                decision = Machine.decide(before, command);
                Refusal refusal = decision.refusal();
                if (refusal != null) {
                    return CompletableFuture.failedFuture(new RefusedException(refusal, before));
                }
                result = logAndApply(decision, answerWaits);
            }
            return result;
        }

        synchronized CompletableFuture<Transaction> run(Decision decision) {
            return logAndApply(decision, true);
        }

        private CompletableFuture<Transaction> logAndApply(Decision decision, boolean answerWaits) {
            List<Waiter> satisfied = List.of();
            if (!decision.events().isEmpty()) {
                Transaction after = applied(state, decision.events());
                try {
                    sequence = log.append(id, decision.events());
                } catch (RuntimeException failed) {
                    if (state == null) {
                        neverStarted();
                    }
                    return CompletableFuture.failedFuture(failed);
                }
                state = after;
                satisfied = takeSatisfied(after);
                if (decision.events().stream().anyMatch(Event.Forgotten.class::isInstance)) {
                    remove();
                }
            }
            Transaction told = state();
            boolean forced = decision.events().stream().anyMatch(Event::forced);
            CompletableFuture<Void> durable = forced || answerWaits || !satisfied.isEmpty()
                    ? log.force(sequence)
                    : CompletableFuture.completedFuture(null);
            List<Waiter> woken = satisfied;
            return durable.thenApplyAsync(
                    done -> {
                        runEffects(decision.effects());
                        woken.forEach(waiter -> waiter.future().complete(told));
                        checkpointWhenDue();
                        return told;
                    },
                    host.executor());
        }

        synchronized CompletableFuture<Transaction> when(Predicate<Transaction> condition) {
            if (condition.test(state())) {
                return durably(this);
            }
            CompletableFuture<Transaction> future = new CompletableFuture<>();
            if (waiters.isEmpty()) {
                waiters = new ArrayList<>();
            }
            waiters.add(new Waiter(condition, future));
            return future;
        }

        private List<Waiter> takeSatisfied(Transaction after) {
            if (waiters.isEmpty()) {
                return List.of();
            }
            List<Waiter> satisfied = new ArrayList<>();
            for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (waiter.condition().test(after)) {
                    satisfied.add(waiter);
                    each.remove();
                }
            }
            return satisfied;
        }

        private void neverStarted() {
            cells.remove(id, this);
            byOwner.values().remove(this);
        }

        /** At once, so that no checkpoint takes it for living; that it is forgotten is durable before a checkpoint is. */
        private void remove() {
            forgotten = true;
            if (retention != null) {
                retention.cancel();
            }
            cells.remove(id, this);
            String owner = state().owner();
            if (owner != null) {
                byOwner.remove(owner, this);
            }
        }

        void runEffects(List<Effect> effects) {
            if (!closed) {
                effects.forEach(effect -> effect.run(this));
            }
        }

        @Override
        public void askForVotes(Effect.AskForVotes effect) {
            deliveries.askForVotes(id, effect.participants());
        }

        @Override
        public void deliverConfirm(Effect.DeliverConfirm effect) {
            deliveries.confirm(id, effect.participants());
        }

        @Override
        public void deliverCancel(Effect.DeliverCancel effect) {
            deliveries.cancel(id, effect.participants());
        }

        @Override
        public void deliverNotices(Effect.DeliverNotices effect) {
            Transaction tx = state();
            for (ParticipantId participant : effect.participants()) {
                tx.participant(participant).owed().forEach(notice -> deliveries.tell(id, participant, notice));
            }
        }

        @Override
        public void settleNested(Effect.SettleNested effect) {
            effect.nested().forEach(nested -> Optional.ofNullable(cells.get(nested))
                    .ifPresent(cell -> cell.tell(new Command.Settle())));
        }

        @Override
        public void armDeadline(Effect.ArmDeadline effect) {
            setTimer();
        }

        @Override
        public void disarmDeadline() {
            setTimer();
        }

        /** By the state as it is now, since effects of several commands may run in any order. */
        private synchronized void setTimer() {
            disarm();
            Transaction tx = state();
            boolean undecided = tx.state() == TransactionState.ACTIVE || tx.state() == TransactionState.PREPARING;
            Instant due = tx.deadline();
            if (!undecided || due == null || closed) {
                return;
            }
            Duration left = Duration.between(now(), due);
            deadline = host.timers()
                    .schedule(left, () -> host.executor().execute(() -> tell(new Command.DeadlinePassed(now()))));
        }

        synchronized void disarm() {
            if (deadline != null) {
                deadline.cancel();
                deadline = null;
            }
        }

        @Override
        public synchronized void retain(Effect.Retain effect) {
            Transaction tx = state();
            if (forgotten || tx.owner() != null || tx.state().isFailed()) {
                return;
            }
            Duration left = Duration.between(now(), effect.endedAt().plus(settings.retention()));
            if (left.isNegative() || left.isZero()) {
                tell(new Command.Forget(null));
            } else {
                retention = host.timers().schedule(left, () -> host.executor().execute(this::retentionIsOver));
            }
        }

        private void retentionIsOver() {
            if (cells.get(id) == this) {
                tell(new Command.Forget(null));
            }
        }
    }

    /** Feeds what the participants answered back into the machine. */
    private final class Reports implements Deliveries.Reports {
        @Override
        public void voted(TransactionId id, ParticipantId participant, Vote vote) {
            report(id, new Command.CastVote(participant, vote, now()));
        }

        @Override
        public void answered(TransactionId id, ParticipantId participant, Command.Outcome outcome) {
            report(id, new Command.ParticipantAnswered(participant, outcome, now()));
        }

        @Override
        public void acknowledged(TransactionId id, ParticipantId participant, Notice notice) {
            report(id, new Command.AcknowledgeNotice(participant, notice));
        }

        private void report(TransactionId id, Command command) {
            Cell cell = cells.get(id);
            if (cell != null && !closed) {
                cell.tell(command);
            }
        }
    }

    /** Takes the parent's decision to a nested transaction in this engine; everything else goes to the host's driver. */
    private final class NestedDriver implements ParticipantDriver {
        private final ParticipantDriver others;

        NestedDriver(ParticipantDriver others) {
            this.others = others;
        }

        @Override
        public String endpointOf(Participant participant) {
            return participant.kind() == ParticipantKind.NESTED
                    ? "nested:" + participant.address()
                    : others.endpointOf(participant);
        }

        @Override
        public CompletionStage<Answer> deliver(Call call) {
            if (call.participant().kind() != ParticipantKind.NESTED) {
                return others.deliver(call);
            }
            Cell nested = cells.get(new TransactionId(call.participant().address()));
            if (nested == null) {
                return CompletableFuture.completedFuture(new Answer.Done());
            }
            return call.instruction() == Instruction.CONFIRM ? confirm(nested, call.transaction()) : cancel(nested);
        }

        private CompletionStage<Answer> confirm(Cell nested, Transaction outer) {
            Transaction tx = nested.state();
            Reason reason =
                    outer.parent() == null || outer.reason() == Reason.TOP_LEVEL ? Reason.TOP_LEVEL : Reason.PARENT;
            return tx.state().cancels()
                    ? ending(nested)
                    : nested.submit(new Command.Confirm(tx.owner(), reason, now()))
                            .thenCompose(decided -> ending(nested));
        }

        /** One that is just confirming refuses for now and is told again. */
        private CompletionStage<Answer> cancel(Cell nested) {
            return nested.submit(new Command.Cancel(nested.state().owner(), Reason.PARENT, now()))
                    .thenCompose(decided -> ending(nested));
        }

        private CompletionStage<Answer> ending(Cell nested) {
            return nested.when(tx -> tx.state().isFinal())
                    .thenApply(tx -> tx.state().isFailed()
                            ? new Answer.Refused("the nested transaction " + tx.id() + " is " + tx.state())
                            : new Answer.Done());
        }
    }

    /** Rebuilds the cells from the log. */
    private final class Restoration implements TransactionLog.Replay {
        private final Set<TransactionId> orphans = new LinkedHashSet<>();

        @Override
        public void snapshot(Snapshot snapshot) {
            restore(snapshot.transaction().id(), snapshot.transaction(), snapshot.sequence());
        }

        @Override
        public void events(long sequence, TransactionId id, List<Event> events) {
            Cell cell = cells.get(id);
            if (cell != null && sequence <= cell.sequence()) {
                return;
            }
            boolean forgotten = events.stream().anyMatch(Event.Forgotten.class::isInstance);
            if (cell == null && !(events.get(0) instanceof Event.Started)) {
                rememberOrphan(id, forgotten);
                return;
            }
            Transaction tx = applied(cell == null ? null : cell.state(), events);
            restore(id, tx, sequence);
            if (forgotten) {
                cells.remove(id);
                String owner = tx.owner();
                if (owner != null) {
                    byOwner.remove(owner);
                }
            }
        }

        /** A transaction that was forgotten while a checkpoint was written has events behind it, the last of which says so. */
        private void rememberOrphan(TransactionId id, boolean forgotten) {
            if (forgotten) {
                orphans.remove(id);
            } else {
                orphans.add(id);
            }
        }

        void checkComplete() {
            if (!orphans.isEmpty()) {
                log.close();
                throw new LogDamagedException(EngineMessage.LOG_INCONSISTENT.text(
                        host.disk().describe(), orphans.iterator().next()));
            }
        }

        private void restore(TransactionId id, Transaction tx, long sequence) {
            Cell cell = cells.computeIfAbsent(id, Cell::new);
            cell.restore(tx, sequence);
            if (tx.owner() != null) {
                byOwner.put(tx.owner(), cell);
            }
        }
    }

    /** All transactions now in memory, oldest first; for the simulation's checks. */
    List<Transaction> snapshotForTest() {
        return Stream.ofNullable(cells)
                .flatMap(map -> map.values().stream())
                .filter(Cell::isStarted)
                .map(Cell::state)
                .sorted(Comparator.comparing(Transaction::startedAt))
                .toList();
    }
}
