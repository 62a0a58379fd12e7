package io.holdfast.engine;

import io.holdfast.engine.delivery.Deliveries;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.log.SegmentLog;
import io.holdfast.engine.log.TransactionLog;
import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Machine;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.state.Vote;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The transactions in memory, each in its cell, and what the cells work with: log, deliveries, time. Thread-safe. */
final class Cells implements Deliveries.Reports, AutoCloseable {
    private static final long MAX_LOG_BYTES = 1L << 30;

    private final Host host;
    private final Settings settings;
    private final TransactionLog log;
    private final Deliveries deliveries;
    private final Retention retention;
    private final Map<TransactionId, Cell> byId = new ConcurrentHashMap<>();
    private final Map<String, Cell> byOwner = new ConcurrentHashMap<>();
    /** The last unit by which a transaction was forgotten. */
    private final AtomicLong lastForgotten = new AtomicLong();

    private final AtomicBoolean checkpointing = new AtomicBoolean();
    /** In the last checkpoint, each transaction on average. */
    private volatile long bytesPerTransaction;

    private volatile boolean closed;

    /** Opens the log and restores what it holds; nothing goes on before {@link #resume}. */
    Cells(Settings settings, Host host, ParticipantDriver driver) {
        this.host = host;
        this.settings = settings;
        this.retention = new Retention(settings, host);
        this.deliveries = new Deliveries(
                new NestedDriver(this, driver),
                settings.retries(),
                settings.alarms(),
                settings.maxCallsPerEndpoint(),
                settings.patience(),
                host.timers(),
                host.executor(),
                host.random(),
                this::current,
                this);
        Restoration restoration = new Restoration(this);
        this.log = SegmentLog.open(host.disk(), host.executor(), host.random(), restoration);
        restoration.orphan().ifPresent(orphan -> {
            log.close();
            throw Restoration.inconsistent(host.disk(), orphan);
        });
    }

    Host host() {
        return host;
    }

    Retention retention() {
        return retention;
    }

    TransactionLog log() {
        return log;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Executor executor() {
        return host.executor();
    }

    Instant now() {
        return host.clock().now();
    }

    boolean isClosed() {
        return closed;
    }

    Optional<Cell> find(TransactionId id) {
        return Optional.ofNullable(byId.get(id)).filter(Cell::isStarted);
    }

    Optional<Transaction> ofOwner(String owner) {
        return Optional.ofNullable(byOwner.get(owner)).filter(Cell::isStarted).map(Cell::state);
    }

    Optional<Transaction> current(TransactionId id) {
        return find(id).map(Cell::state);
    }

    /** All that are started, in no order, each as it is when it is looked at. */
    Stream<Snapshot> snapshots() {
        return byId.values().stream().map(Cell::snapshot).flatMap(Optional::stream);
    }

    /** Completes when it is durable how the transaction is, or that it was forgotten. */
    CompletableFuture<Void> durably(@Nullable TransactionId id) {
        Optional<Cell> known = id == null ? Optional.empty() : find(id);
        return durably(known.map(Cell::sequence).orElse(0L));
    }

    /** Completes when what was seen up to this number is durable, and that those that are missing were forgotten. */
    CompletableFuture<Void> durably(long sequence) {
        return log.force(Math.max(sequence, lastForgotten.get()));
    }

    /** Starts a transaction in a cell of its own, or gives the one that was started with the same owner's token before. */
    CompletableFuture<Transaction> start(Command.Start start) {
        Cell cell = new Cell(start.id(), this);
        String owner = start.owner();
        Cell earlier;
        synchronized (cell) {
            earlier = owner == null ? null : byOwner.putIfAbsent(owner, cell);
            if (earlier == null) {
                byId.put(start.id(), cell);
                CompletableFuture<Transaction> started = cell.start(Machine.start(start));
                if (!cell.isStarted()) {
                    remove(cell, owner);
                }
                return started;
            }
        }
        return earlier.durably();
    }

    /** As it stands in the log. */
    void restore(Transaction tx, long sequence) {
        Cell cell = byId.computeIfAbsent(tx.id(), id -> new Cell(id, this));
        cell.restore(tx, sequence);
        if (tx.owner() != null) {
            byOwner.put(tx.owner(), cell);
        }
    }

    /** It was forgotten. */
    void remove(Cell cell, Transaction tx) {
        lastForgotten.accumulateAndGet(cell.sequence(), Math::max);
        remove(cell, tx.owner());
    }

    private void remove(Cell cell, @Nullable String owner) {
        byId.remove(cell.id(), cell);
        if (owner != null) {
            byOwner.remove(owner, cell);
        }
    }

    /** Goes on with what was found in the log. */
    void resume() {
        Map<Cell, Snapshot> found = new LinkedHashMap<>();
        byId.values().forEach(cell -> cell.snapshot().ifPresent(snapshot -> found.put(cell, snapshot)));
        found.forEach(this::resume);
        found.forEach((cell, snapshot) -> cell.tellOwed(snapshot.transaction()));
    }

    private void resume(Cell cell, Snapshot found) {
        Transaction tx = cell.state();
        boolean presumedAborted = settings.isPresumedAborted(tx.origin())
                && (tx.state() == TransactionState.ACTIVE || tx.state() == TransactionState.PREPARING);
        if (presumedAborted) {
            cell.tell(new Command.Cancel(tx.owner(), Reason.PRESUMED_ABORT, now()));
        } else if (isOrphan(tx)) {
            cell.tell(tx.isProvisional() ? new Command.Settle() : new Command.Cancel(tx.owner(), Reason.PARENT, now()));
        } else {
            cell.resume(found.sequence());
        }
    }

    /**
     * Whether what it was nested in does not know it, because a crash came between, or has ended and is gone, which it does with a
     * confirmed one below only when it was confirmed itself.
     */
    private boolean isOrphan(Transaction tx) {
        TransactionId parent = tx.parent();
        boolean undecided =
                tx.state() == TransactionState.ACTIVE || (tx.state() == TransactionState.PREPARED && !tx.isInDoubt());
        if (parent == null || !(undecided || tx.isProvisional())) {
            return false;
        }
        Optional<Participant> registration = current(parent)
                .flatMap(outer -> outer.participants().findByAddress(tx.id().value()));
        return registration.isEmpty();
    }

    void checkpoint() {
        AtomicLong transactions = new AtomicLong();
        long bytes = log.checkpoint(() -> snapshots().peek(snapshot -> transactions.incrementAndGet()));
        bytesPerTransaction = bytes / Math.max(1, transactions.get());
    }

    /** Not before the log has grown by about what the checkpoint would write, so that checkpoints at most double the writing. */
    void checkpointWhenDue() {
        long live = Math.min(MAX_LOG_BYTES, bytesPerTransaction * byId.size());
        if (log.bytesSinceCheckpoint() >= Math.max(settings.checkpointBytes(), live)
                && checkpointing.compareAndSet(false, true)) {
            host.executor().execute(() -> {
                try {
                    checkpoint();
                } finally {
                    checkpointing.set(false);
                }
            });
        }
    }

    @Override
    public void voted(TransactionId id, ParticipantId participant, Vote vote) {
        report(id, new Command.CastVote(participant, vote, now()));
    }

    @Override
    public void answered(
            TransactionId id, ParticipantId participant, Instruction instruction, Command.Outcome outcome) {
        boolean confirm = instruction == Instruction.CONFIRM;
        report(id, new Command.ParticipantAnswered(participant, confirm, outcome, now()));
    }

    @Override
    public void acknowledged(TransactionId id, ParticipantId participant, Notice notice) {
        report(id, new Command.AcknowledgeNotice(participant, notice));
    }

    private void report(TransactionId id, Command command) {
        Cell cell = byId.get(id);
        if (cell != null && !closed) {
            cell.tell(command);
        }
    }

    @Override
    public void close() {
        closed = true;
        deliveries.close();
        retention.close();
        byId.values().forEach(Cell::disarm);
        log.close();
    }
}
