package io.holdfast.engine;

import io.holdfast.engine.delivery.Attempts;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Texts;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers participants before they act, takes each decision once, and delivers it until every participant has answered.
 *
 * <p>Every method returns at once. A future completes, maybe in the thread that writes the log (so that what depends on it must not
 * block), when what it tells is durable, and completes exceptionally with
 * {@link UnknownTransactionException}, {@link RefusedException} (nothing changed) or
 * {@link io.holdfast.engine.log.LogFailedException} (the node takes no more work). Thread-safe.
 */
public final class Coordinator implements AutoCloseable {
    private static final int ID_BYTES = 16;

    private final Host host;
    private final Settings settings;
    private final Cells cells;
    private final Texts texts = new Texts();

    private Coordinator(Settings settings, Host host, Cells cells) {
        this.host = host;
        this.settings = settings;
        this.cells = cells;
    }

    /**
     * Opens the log in the host's directory, restores what it holds and goes on with it: open deliveries, armed time limits,
     * retention.
     *
     * @throws io.holdfast.engine.log.LogUnavailableException if the directory cannot be used or the log is damaged
     */
    public static Coordinator open(Settings settings, Host host, ParticipantDriver driver) {
        Cells cells = new Cells(settings, host, driver);
        try {
            cells.resume();
            return new Coordinator(settings, host, cells);
        } catch (RuntimeException | Error cannotGoOn) {
            cells.close();
            throw cannotGoOn;
        }
    }

    /** The name of this node, generated once and kept with its log. */
    public String nodeId() {
        return cells.log().nodeId();
    }

    /** How often this run has forced the log to the disk, for however many transactions each time. */
    public long logForces() {
        return cells.log().forces();
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
     * Starts a transaction together with its first participant: one write makes both durable. Again with the same owner's token it gives
     * the same transaction and participant.
     *
     * @see #start(String, String, Duration)
     */
    public CompletableFuture<Joined> startWith(
            String origin,
            @Nullable String owner,
            @Nullable Duration limit,
            ParticipantKind kind,
            String address,
            String data) {
        Instant now = now();
        var first = new Command.Join(
                newParticipantId(), kind, texts.shared(address), texts.shared(data), Set.of(), null, now);
        return cells.start(new Command.Start(newTransactionId(), texts.shared(origin), owner, null, limit, now, first))
                .thenCompose(tx -> tx.participants()
                        .findByAddress(address)
                        .map(known -> CompletableFuture.completedFuture(new Joined(tx, known, "")))
                        .orElseGet(() -> join(tx.id(), kind, address, data, Set.of(), null)));
    }

    /**
     * Starts a transaction inside another. It can be confirmed or cancelled before its parent; if it was confirmed and the parent is
     * cancelled, it is cancelled too. A parent that ends decides for nested ones that are still active; one with an owner of its own it
     * cancels while it is not held, and else waits for the owner.
     *
     * @param parent an active transaction, or whatever it is now when this owner's token has started one before
     * @see #start(String, String, Duration)
     */
    public CompletableFuture<Transaction> startNested(
            TransactionId parent, String origin, @Nullable String owner, @Nullable Duration limit) {
        return with(parent, outer -> {
            Optional<Transaction> before = Optional.ofNullable(owner).flatMap(cells::ofOwner);
            if (outer.state().state() != TransactionState.ACTIVE) {
                return before.map(known -> find(known.id())).orElseGet(() -> outer.refused(Refusal.NOT_ACTIVE));
            }
            return start(origin, owner, parent, limit).thenCompose(nested -> join(
                            parent, ParticipantKind.NESTED, nested.id().value(), "", Set.of(), null)
                    .handle((joined, failure) -> failure)
                    .thenCompose(failure -> failure == null || before.isPresent()
                            ? CompletableFuture.completedFuture(nested)
                            : drop(nested, owner).thenCompose(dropped -> CompletableFuture.failedFuture(failure))));
        });
    }

    /** Nobody has learnt of it, so that its owner will not ask for it to be forgotten. */
    private CompletableFuture<Transaction> drop(Transaction nested, @Nullable String owner) {
        CompletableFuture<Transaction> cancelled = cancel(nested.id(), owner);
        return owner == null ? cancelled : cancelled.thenCompose(done -> forget(nested.id(), owner));
    }

    private CompletableFuture<Transaction> start(
            String origin, @Nullable String owner, @Nullable TransactionId parent, @Nullable Duration limit) {
        return cells.start(new Command.Start(newTransactionId(), texts.shared(origin), owner, parent, limit, now()));
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
                var tooMany = new TooManyParticipantsException(id, settings.maxParticipants());
                return cell.durably().thenCompose(counted -> CompletableFuture.failedFuture(tooMany));
            }
            String earlierData = known.map(Participant::data).orElse("");
            return cell.submit(new Command.Join(
                            newParticipantId(), kind, texts.shared(address), texts.shared(data), wants, limit, now()))
                    .thenApply(after -> new Joined(
                            after, after.participants().findByAddress(address).orElseThrow(), earlierData));
        });
    }

    /** Replaces the data of a participant of a transaction that is not decided. */
    public CompletableFuture<Transaction> storeData(TransactionId id, ParticipantId participant, String data) {
        return with(id, cell -> cell.submit(new Command.StoreData(participant, data)));
    }

    /**
     * Tells where a participant is reached from now on. Refused when nothing can have to be told to it any more, and for the address of
     * another participant of the transaction, since joining and leaving know participants by it.
     *
     * @param forced whether the future waits until that is durable
     */
    public CompletableFuture<Transaction> relocate(
            TransactionId id, ParticipantId participant, String address, boolean forced) {
        return with(id, cell -> {
            Optional<Participant> before;
            CompletableFuture<Transaction> relocated;
            // Of two that come at once the later one finds where the earlier one has sent the deliveries.
            synchronized (cell) {
                before = cell.state().participants().find(participant);
                relocated = cell.submit(new Command.Relocate(participant, address, forced), forced);
            }
            return relocated.whenComplete((after, failure) -> {
                if (failure == null && before.isPresent()) {
                    cells.deliveries().moved(id, before.get(), after.participant(participant));
                }
            });
        });
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
            // In one phase a disk that fails has to be found before the vote, which decides.
            return cell.submit(new Command.Prepare(decideWhenPrepared, now()), decideWhenPrepared)
                    .thenCompose(begun -> over);
        });
    }

    /**
     * From now on only who shows the owner's token ends it; the time limit no longer counts. Needs no votes. Covers the transactions
     * nested in it, which from now on only end with it; but those with an owner of their own are that one's to hold and to end. The end of
     * a transaction around it waits for the owner, unless it was cancelled before: then the hold is refused.
     */
    public CompletableFuture<Transaction> hold(TransactionId id, @Nullable String owner) {
        return with(id, cell -> {
                    Optional<Transaction> cancelled = cancelledAround(cell.state());
                    return cancelled.isPresent()
                            ? cells.durably(cancelled.get().id()).thenCompose(told -> cell.refused(Refusal.NOT_ACTIVE))
                            : cell.submit(new Command.Hold(owner));
                })
                .thenCompose(held -> allNested(held, this::holdUnowned).thenApply(done -> held));
    }

    /** The next one around it that is to be cancelled, which it may not have been told yet. */
    private Optional<Transaction> cancelledAround(Transaction tx) {
        return Optional.ofNullable(tx.parent())
                .flatMap(cells::current)
                .flatMap(parent -> parent.state().cancels() ? Optional.of(parent) : cancelledAround(parent));
    }

    private CompletableFuture<Transaction> holdUnowned(Transaction nested) {
        return nested.owner() == null ? hold(nested.id(), null) : CompletableFuture.completedFuture(nested);
    }

    /** Runs the action on what is nested in it and not ended; one that has been decided meanwhile is left out. */
    private CompletableFuture<Void> allNested(
            Transaction tx, Function<Transaction, CompletableFuture<Transaction>> action) {
        return CompletableFuture.allOf(tx.participants().stream()
                .filter(participant -> participant.kind() == ParticipantKind.NESTED)
                .map(participant -> cells.current(new TransactionId(participant.address())))
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
     * Decides to confirm, and tells one participant that has acted: the others wait until it has confirmed. If it refuses for good, the
     * decision becomes a cancel ({@link Reason#CONFIRM_REFUSED}). Only for the owner of a transaction that nobody else decides for,
     * since nobody but it may learn that it was confirmed before {@link #firm} completes.
     */
    public CompletableFuture<Transaction> confirmOneByOne(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.Confirm(owner, Reason.ONE_BY_ONE, now())));
    }

    /**
     * Completes when a decision taken by {@link #confirmOneByOne} is for good: when the first participant has confirmed or refused, or at
     * the latest after the given time; it is confirmed then, and a later refusal is a failure.
     */
    public CompletableFuture<Transaction> firm(TransactionId id, @Nullable String owner, Duration atMost) {
        return with(id, cell -> {
            CompletableFuture<Transaction> settled = cell.when(tx -> !tx.isReversible());
            var limit = host.timers().schedule(atMost, () -> host.executor().execute(() -> makeFirm(cell, owner)));
            return settled.whenComplete((tx, failure) -> limit.cancel());
        });
    }

    private static void makeFirm(Cell cell, @Nullable String owner) {
        cell.tell(new Command.MakeFirm(owner));
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
                Transaction tx = cell.state();
                Optional<Refusal> refusal = refusedByParent(tx);
                return refusal.isPresent()
                        ? cells.durably(tx.parent()).thenCompose(told -> cell.refused(refusal.get()))
                        : cell.submit(new Command.Cancel(owner, Reason.REQUESTED, now()));
            }
        });
    }

    private Optional<Refusal> refusedByParent(Transaction tx) {
        TransactionId parent = tx.parent();
        if (parent == null || !tx.isProvisional()) {
            return Optional.empty();
        }
        return switch (cells.current(parent).map(Transaction::state).orElse(TransactionState.CONFIRMED)) {
            case ACTIVE -> Optional.empty();
            case PREPARING, PREPARED, PRE_COMMITTED -> Optional.of(Refusal.HELD);
            case CONFIRMING, CONFIRMED, CANCELLING, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL ->
                Optional.of(Refusal.DECIDED_OTHERWISE);
        };
    }

    /**
     * A person decides in the owner's place for a prepared transaction; completes when that is durable, as {@link #confirm} does. The
     * owner is refused the opposite from then on. {@link Transaction#heuristic()} tells it, and goes only when the owner has
     * {@linkplain #acknowledgeHeuristic acknowledged} it. Nothing happens if the same has been decided already.
     *
     * @param who and {@code why}: as the person said, at most 64 KB
     */
    public CompletableFuture<Transaction> decideByPerson(TransactionId id, boolean confirm, String who, String why) {
        return with(id, cell -> cell.submit(new Command.DecideByPerson(confirm, who, why, now())));
    }

    /** The owner of a decided transaction is about to be told that a participant ended otherwise; kept until it acknowledges that. */
    public CompletableFuture<Transaction> recordHazard(TransactionId id, String why) {
        return with(id, cell -> cell.submit(new Command.RecordHazard(why)));
    }

    /** The owner knows of the heuristic outcome; nothing happens if there is none. The transaction stays. */
    public CompletableFuture<Transaction> acknowledgeHeuristic(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.AcknowledgeHeuristic(owner)));
    }

    /** Drops an ended transaction before its retention time is over. */
    public CompletableFuture<Transaction> forget(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.Forget(owner)));
    }

    /** As {@link #forget}, when nobody learns that it is gone: no write is forced, and after a crash it may be there again. */
    public CompletableFuture<Transaction> forgetUnforced(TransactionId id, @Nullable String owner) {
        return with(id, cell -> cell.submit(new Command.Forget(owner), false));
    }

    /**
     * A person has looked at a transaction that failed for good: nobody is told anything more, and it is dropped.
     *
     * @param who and {@code why}: as the person said, at most 64 KB; may be empty
     */
    public CompletableFuture<Transaction> resolve(TransactionId id, String who, String why) {
        return with(id, cell -> cell.submit(new Command.Resolve(who, why)));
    }

    /**
     * A person answers for a participant that has been told and has failed or not answered: it counts as having done what it is told, one
     * that has failed as having done what was decided, and what waited for it goes on. Refused when the transaction is not confirming or
     * cancelling.
     *
     * @param who and {@code why}: as the person said, at most 64 KB
     */
    public CompletableFuture<Transaction> resolve(TransactionId id, ParticipantId participant, String who, String why) {
        return with(id, cell -> cell.submit(new Command.ResolveParticipant(participant, who, why, now())));
    }

    /**
     * A person has a participant that has been told and has not answered told the other side instead, until it answers that. What it then
     * answers is its state, and the transaction ends as failed; the others keep the decision. A confirmation that could still be turned
     * round ({@link #confirmOneByOne}) becomes a cancel for all, as by a refusal. Nothing happens if it is being told the other side
     * already. Refused when it has answered, and when it is not being told, also because it waits for another one.
     *
     * @param who and {@code why}: as the person said, at most 64 KB
     */
    public CompletableFuture<Transaction> force(TransactionId id, ParticipantId participant, String who, String why) {
        return with(id, cell -> cell.submit(new Command.ForceParticipant(participant, who, why, now())));
    }

    /** Completes when every participant has answered the decision and that is durable; that may take for ever. */
    public CompletableFuture<Transaction> ended(TransactionId id) {
        return ended(id, tx -> true);
    }

    /**
     * Completes when every participant has answered the decision; that may take for ever. An end that is not durable costs no forced
     * write: after a crash the participants are told again.
     *
     * @param durably the ended transactions whose end must be durable by then
     */
    public CompletableFuture<Transaction> ended(TransactionId id, Predicate<Transaction> durably) {
        return with(id, cell -> cell.when(tx -> tx.state().isFinal(), durably));
    }

    /**
     * Completes when it has ended and everybody who is owed a notice has been told once, whatever came of that, here and in what is
     * nested in it; that may take for ever. The notices of a nested one that is confirmed provisionally are not due yet.
     */
    public CompletableFuture<Transaction> settled(TransactionId id) {
        return with(id, cell -> cell.whenTold(tx -> tx.state().isFinal()))
                .thenCompose(tx -> tx.isProvisional()
                        ? CompletableFuture.completedFuture(tx)
                        : allNested(tx, this::settledForGood).thenApply(done -> tx));
    }

    private CompletableFuture<Transaction> settledForGood(Transaction nested) {
        return with(
                        nested.id(),
                        cell -> cell.whenTold(
                                tx -> !tx.isProvisional() && tx.state().isFinal()))
                .thenCompose(tx -> allNested(tx, this::settledForGood).thenApply(done -> tx));
    }

    /** The transaction, or a future that fails with {@link UnknownTransactionException}. */
    public CompletableFuture<Transaction> find(TransactionId id) {
        return with(id, Cell::durably);
    }

    /**
     * The transaction as it is in memory, empty when it is unknown: for who was told that the log has failed, or was told nothing in time,
     * and has to know what may have been decided. It may not be durable, so that a restart may find another.
     */
    public Optional<Transaction> inMemory(TransactionId id) {
        return cells.current(id);
    }

    /** As {@link #inMemory}, for the transaction that was started with this owner's token. */
    public Optional<Transaction> ofOwner(String owner) {
        return cells.ofOwner(owner);
    }

    /**
     * The transactions that match, in no order. Each is looked at once during the call: it matched as it is shown here, and that is
     * durable when the future completes, and so is why others do not match. Nothing stops meanwhile, so that the moments differ: a
     * nested transaction may be shown still confirming beside its confirmed parent.
     *
     * @param limit how many at most, from 1
     */
    public CompletableFuture<List<Transaction>> list(Predicate<Transaction> filter, int limit) {
        List<Transaction> matching = new ArrayList<>();
        long seen = 0;
        for (Iterator<Snapshot> all = cells.snapshots().iterator(); matching.size() < limit && all.hasNext(); ) {
            Snapshot each = all.next();
            seen = Math.max(seen, each.sequence());
            if (filter.test(each.transaction())) {
                matching.add(each.transaction());
            }
        }
        return cells.durably(seen).thenApply(done -> List.copyOf(matching));
    }

    /**
     * What has come so far, in this run, of telling participants of these transactions; in no order. Who has answered or is not told yet is not
     * among them. Looks at all that waits for whatever endpoint: for a person who asks, not for each call.
     */
    public List<Attempts> attempts(Set<TransactionId> transactions) {
        return cells.deliveries().attempts(transactions);
    }

    /** Makes every waiting delivery due now. */
    public void retryNow() {
        cells.deliveries().retryNow();
    }

    /** Makes what waits for the endpoints of the transaction's participants due now. */
    public void retryNow(TransactionId id) {
        cells.current(id).ifPresent(tx -> cells.deliveries().retryNow(tx));
    }

    /** Makes what waits for the endpoint of this name due now, because it is known to live. */
    public void retryNow(String endpoint) {
        cells.deliveries().retryNow(endpoint);
    }

    /** Writes a checkpoint now; otherwise one is written when the log has grown by the configured size. */
    public void checkpoint() {
        cells.checkpoint();
    }

    /** Stops deliveries and timers, makes the log durable and gives its directory back. Futures that wait stay incomplete. */
    @Override
    public void close() {
        cells.close();
    }

    private <T> CompletableFuture<T> with(TransactionId id, CellAction<T> action) {
        return cells.find(id).map(action::apply).orElseGet(() -> cells.durably(0)
                .thenCompose(gone -> CompletableFuture.failedFuture(new UnknownTransactionException(id))));
    }

    private Instant now() {
        return host.clock().now();
    }

    private TransactionId newTransactionId() {
        ByteBuffer random = randomBytes();
        return new TransactionId(random.getLong(), random.getLong());
    }

    private ParticipantId newParticipantId() {
        ByteBuffer random = randomBytes();
        return new ParticipantId(random.getLong(), random.getLong());
    }

    private ByteBuffer randomBytes() {
        byte[] bytes = new byte[ID_BYTES];
        host.random().nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @FunctionalInterface
    private interface CellAction<T> {
        CompletableFuture<T> apply(Cell cell);
    }
}
