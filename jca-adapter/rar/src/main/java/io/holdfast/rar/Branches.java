package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.Notification;
import io.holdfast.api.Progress;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.Joined;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Heuristic;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.HelpingExecutor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * The branches that this adapter knows, by Xid, and the engine that remembers what must be durable. A branch without an LRA lives here
 * only and writes nothing. Thread-safe.
 */
final class Branches implements AutoCloseable {
    private final AdapterSettings settings;
    private final Host host;
    private final HelpingExecutor helping;
    private final Coordinator engine;
    private final JmsCalls jms;
    private final LraBridge bridge;
    private final Enlistments enlistments;
    private final Flows flows;
    private final Forgetting forgetting;
    private final Runnable stopListening;
    private final Map<XidValue, Branch> byXid = new ConcurrentHashMap<>();
    /** Those of this run that have participants other than an LRA. */
    private final Map<TransactionId, Branch> byTransaction = new ConcurrentHashMap<>();

    private final Map<TransactionId, String> notHeld;
    private final Statistics statistics;
    private final RecoveryWatch watch;
    private final Operations operations;
    private volatile boolean closed;

    private Branches(
            AdapterSettings settings,
            Host host,
            HelpingExecutor helping,
            Coordinator engine,
            JmsCalls jms,
            LraBridge bridge,
            Enlistments enlistments,
            Forgetting forgetting,
            Runnable stopListening,
            Map<TransactionId, String> notHeld,
            Statistics statistics) {
        this.settings = settings;
        this.host = host;
        this.helping = helping;
        this.engine = engine;
        this.jms = jms;
        this.bridge = bridge;
        this.enlistments = enlistments;
        this.flows = new Flows(engine, enlistments, settings, helping);
        this.stopListening = stopListening;
        this.forgetting = forgetting;
        this.notHeld = notHeld;
        this.statistics = statistics;
        this.watch = new RecoveryWatch(host, settings.recoveryPeriod(), this::prepared, statistics);
        this.operations = new Operations(this);
    }

    /**
     * Opens the log. Branches that were undecided are cancelled, prepared ones stay for the transaction manager, and what was decided
     * is delivered further.
     *
     * @throws io.holdfast.engine.log.LogUnavailableException if the directory cannot be used or the log is damaged
     */
    static Branches open(
            AdapterSettings settings, Host given, LocalApplications applications, BeanThreads beanThreads, Jndi jndi) {
        HelpingExecutor helping =
                new HelpingExecutor(given.executor(), failed -> AdapterMessage.TASK_FAILED.log(failed));
        Host host = new Host(given.clock(), given.timers(), helping, given.random(), given.disk());
        LraClient client = new LraClient(host.executor(), settings.startTimeout());
        CompletableFuture<Coordinator> opened = new CompletableFuture<>();
        Map<TransactionId, String> notHeld = new ConcurrentHashMap<>();
        LraDriver driver = new LraDriver(client, settings, new LraDriver.Listener() {
            @Override
            public CompletableFuture<?> found(
                    TransactionId transaction, ParticipantId participant, LraAddress address) {
                return opened.thenCompose(engine -> engine.relocate(transaction, participant, address.encode(), false));
            }

            @Override
            public void notHeld(TransactionId transaction, String cause) {
                notHeld.put(transaction, cause);
            }
        });
        Statistics statistics = new Statistics();
        HttpCalls http = new HttpCalls(host.executor(), settings.startTimeout());
        JmsCalls jms = new JmsCalls(settings.jmsConnectionFactory(), beanThreads, jndi);
        Alarms alarms = new Alarms(
                statistics,
                settings.alarmUrl().map(address -> new AlarmHook(address, http, host.timers())),
                applications,
                beanThreads);
        ParticipantDriver drivers = new ParticipantDrivers(
                driver,
                new HttpDriver(http, settings.participantHosts()),
                new LocalDriver(applications, beanThreads, helping, host.timers()),
                new NotificationDriver(http, jms, settings.participantHosts(), host.clock(), host.timers()),
                alarms);
        Coordinator engine = Coordinator.open(settings.engine(), host, drivers);
        opened.complete(engine);
        OutcomeRetention retention = new OutcomeRetention(host, settings.statusRetention());
        Forgetting forgetting = new Forgetting(engine, driver, settings.retries(), host, retention);
        LraBridge bridge = new LraBridge(engine, client, driver, forgetting, settings, statistics);
        Enlistments enlistments = new Enlistments(engine, forgetting, host.random());
        Runnable stopListening =
                applications.listen(application -> engine.retryNow(LocalAddress.endpointOf(application)));
        Branches branches = new Branches(
                settings,
                host,
                helping,
                engine,
                jms,
                bridge,
                enlistments,
                forgetting,
                stopListening,
                notHeld,
                statistics);
        try {
            branches.restore();
            branches.watch.begin();
        } catch (RuntimeException failed) {
            branches.close();
            throw failed;
        }
        return branches;
    }

    private void restore() {
        for (Transaction tx : all(tx -> true)) {
            Enlistment enlistment = enlistments.restored(tx);
            XidCodec.decode(tx.origin()).ifPresent(xid -> restore(xid, tx, enlistment));
        }
    }

    private void restore(XidValue xid, Transaction tx, Enlistment enlistment) {
        Heuristic heuristic = tx.heuristic();
        if (heuristic != null && heuristic.cause() == Heuristic.Cause.HAZARD) {
            restore(xid, Branch.Phase.HEURISTIC, enlistment).becomeHeuristic(XAException.XA_HEURHAZ);
        } else if (heuristic != null || tx.state() == TransactionState.PREPARED) {
            // What a person decided is found when the transaction manager tells its own decision.
            restore(xid, Branch.Phase.PREPARED, enlistment);
        } else if (tx.state() == TransactionState.CONFIRMING) {
            awaitManager(restore(xid, Branch.Phase.COMMITTED, enlistment), enlistment);
        } else if (tx.state() == TransactionState.FAILED_TO_CONFIRM) {
            restore(xid, Branch.Phase.FAILED, enlistment);
        }
    }

    /** Nobody knows whether the commit was answered, so that a failure is kept for one that is repeated. */
    private void awaitManager(Branch branch, Enlistment enlistment) {
        var unused = enlistment.ended().thenAccept(ended -> {
            if (ended.state().isFailed()) {
                branch.becomeFailed();
            } else {
                remove(branch);
            }
        });
    }

    private Branch restore(XidValue xid, Branch.Phase phase, Enlistment enlistment) {
        Branch branch = Branch.restored(xid, host.clock(), phase, enlistment);
        byXid.put(xid, branch);
        return branch;
    }

    /** The transactions in the log that match. */
    List<Transaction> all(Predicate<Transaction> filter) {
        // One of the adapter's own threads may ask, which must not wait for another of them to write the log.
        return helping.helping(() -> patience(Duration.ZERO).await(engine.list(filter, Integer.MAX_VALUE)));
    }

    private Set<TransactionId> prepared() {
        return closed
                ? Set.of()
                : all(tx -> tx.state() == TransactionState.PREPARED).stream()
                        .map(Transaction::id)
                        .collect(Collectors.toSet());
    }

    Statistics statistics() {
        return statistics;
    }

    /** By which a thread that has to wait for the engine does itself what it waits for. */
    HelpingExecutor helping() {
        return helping;
    }

    /** What administrators and operators see and do. */
    Operations operations() {
        return operations;
    }

    Instant now() {
        return host.clock().now();
    }

    /** How many branches are at work, prepared or being ended in this run. */
    int known() {
        return byXid.size();
    }

    /** How long a thread waits for something that takes the given time and a write to the log. */
    Patience patience(Duration time) {
        return settings.patience(time);
    }

    String nodeId() {
        return engine.nodeId();
    }

    AdapterSettings settings() {
        return settings;
    }

    Coordinator engine() {
        return engine;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * A new branch.
     *
     * @param limit after which the undecided branch is cancelled; null for none
     * @return nothing when there is one with this Xid
     */
    Optional<Branch> start(XidValue xid, @Nullable Duration limit) {
        Branch branch = Branch.started(xid, host.clock(), limit);
        return byXid.putIfAbsent(xid, branch) == null ? Optional.of(branch) : Optional.empty();
    }

    Optional<Branch> find(XidValue xid) {
        return Optional.ofNullable(byXid.get(xid));
    }

    void remove(Branch branch) {
        byXid.remove(branch.xid(), branch);
        branch.enlistment()
                .map(Enlistment::recorded)
                .filter(recorded -> !recorded.isCompletedExceptionally())
                .map(recorded -> recorded.getNow(null))
                .ifPresent(id -> {
                    notHeld.remove(id);
                    byTransaction.remove(id);
                });
    }

    /** Drops the branch when all has been delivered, unless a heuristic outcome keeps it. */
    void removeAtEnd(Branch branch, Enlistment enlistment) {
        var unused = enlistment.ended().whenComplete((tx, failure) -> {
            if (branch.phase() != Branch.Phase.HEURISTIC) {
                remove(branch);
            }
        });
    }

    /** The Xids that the transaction manager has to decide or forget: prepared and heuristic ones. Answered from the log. */
    List<XidValue> inDoubt() {
        List<XidValue> xids = new ArrayList<>();
        for (Transaction tx : all(tx -> tx.state() == TransactionState.PREPARED || tx.heuristic() != null)) {
            XidCodec.decode(tx.origin()).ifPresent(xids::add);
        }
        byXid.values().stream()
                .filter(branch -> branch.phase() == Branch.Phase.HEURISTIC)
                .map(Branch::xid)
                .filter(xid -> !xids.contains(xid))
                .forEach(xids::add);
        return xids;
    }

    /** What the engine has of the branch now; nothing when that has been dropped. */
    Optional<Transaction> current(Enlistment enlistment) {
        CompletableFuture<TransactionId> recorded = enlistment.recorded();
        return recorded.isDone() && !recorded.isCompletedExceptionally()
                ? engine.inMemory(recorded.join())
                : Optional.empty();
    }

    /** Whether nobody but the participants that have acted has a say in the outcome of a branch that is committed in one phase. */
    boolean decidesAlone(Enlistment enlistment) {
        return current(enlistment)
                .map(tx -> tx.participants().stream().noneMatch(p -> p.kind() == ParticipantKind.VOTING)
                        && tx.participants().stream().anyMatch(p -> p.kind() == ParticipantKind.ACTED))
                .orElse(false);
    }

    /** Completes when the decision is for good: a first confirm that is refused turns it round. */
    CompletableFuture<Transaction> confirmAlone(Enlistment enlistment) {
        return enlistment
                .recorded()
                .thenCompose(id -> engine.confirmOneByOne(id, enlistment.owner()))
                .thenCompose(tx -> engine.firm(tx.id(), enlistment.owner(), settings.holdTimeout()));
    }

    /** The transaction manager knows of the heuristic outcome; what has ended well needs nothing more. */
    CompletableFuture<Transaction> acknowledge(Transaction tx) {
        return engine.acknowledgeHeuristic(tx.id(), tx.owner()).thenApply(after -> {
            if (after.state().isFinal()) {
                forgetting.begin(after);
            }
            return after;
        });
    }

    /** A person has looked at a branch that has failed: coordinators need not keep its LRAs any more, and it leaves the log. */
    CompletableFuture<Transaction> resolve(Transaction failed, String who, String why) {
        forgetting.beginLras(failed);
        return engine.resolve(failed.id(), who, why);
    }

    /** See {@link Branch#lra}. */
    URI lra(Branch branch, @Nullable Duration limit) {
        checkStarted();
        return lra(branch, limit, null);
    }

    /** See {@link Branch#lra}. */
    URI nestedLra(Branch branch, URI parent, @Nullable Duration limit) {
        checkStarted();
        return lra(branch, limit, ParentLra.checked(parent, settings.coordinator()));
    }

    private URI lra(Branch branch, @Nullable Duration limit, @Nullable URI parent) {
        return helping.helping(() -> branch.lra(enlistments, bridge, settings, limit, parent));
    }

    Enlisted enlist(Branch branch, HttpParticipant participant) {
        HttpAddress address = HttpAddress.checked(participant, settings.participantHosts());
        return enlisted(branch, ParticipantKind.ACTED, address.encode(), "");
    }

    Enlisted enlist(Branch branch, LocalParticipant participant) {
        LocalAddress address = LocalAddress.checked(participant, enlistments.number());
        return enlisted(branch, LocalDriver.engineKind(participant.kind()), address.encode(), participant.data());
    }

    Enlisted enlist(Branch branch, Notification notification) {
        NotificationAddress address = NotificationAddress.checked(notification, settings, jms, enlistments.number());
        return enlisted(branch, ParticipantKind.DEFERRED, address.encode(), notification.body());
    }

    private Enlisted enlisted(Branch branch, ParticipantKind kind, String address, String data) {
        checkStarted();
        Joined joined = helping.helping(() -> branch.join(enlistments, settings, kind, address, data));
        byTransaction.put(joined.transaction().id(), branch);
        if (!find(branch.xid()).equals(Optional.of(branch))) {
            // It ended meanwhile.
            byTransaction.remove(joined.transaction().id());
        }
        return new Enlisted(
                joined.transaction().id().value(), joined.participant().id().value());
    }

    /** In the branch that the other participant is in, whatever the caller's own is. */
    Enlisted enlist(Enlisted beside, LocalParticipant participant) {
        checkStarted();
        Optional<TransactionId> flow = flowOf(beside);
        return flow.isPresent() ? flows.enlist(flow.get(), participant) : enlist(branchOf(beside), participant);
    }

    void store(Enlisted participant, String data) {
        checkStarted();
        Optional<TransactionId> flow = flowOf(participant);
        if (flow.isPresent()) {
            LocalAddress.checkData(data);
            flows.store(flow.get(), LocalAddress.idOf(participant), data);
        } else {
            store(branchOf(participant), participant, data);
        }
    }

    /** It is told nothing. */
    boolean leave(Enlisted participant) {
        checkStarted();
        return flows.leave(new TransactionId(participant.transaction()), LocalAddress.idOf(participant));
    }

    Flows flows() {
        checkStarted();
        return flows;
    }

    private Optional<TransactionId> flowOf(Enlisted participant) {
        return engine.inMemory(new TransactionId(participant.transaction()))
                .filter(Flows::isOne)
                .map(Transaction::id);
    }

    private Branch branchOf(Enlisted participant) {
        Branch branch = byTransaction.get(new TransactionId(participant.transaction()));
        if (branch == null) {
            throw new HoldfastException(
                    AdapterMessage.TRANSACTION_ENDS.text(participant.transaction(), "it is not there"));
        }
        return branch;
    }

    void store(Branch branch, Enlisted participant, String data) {
        LocalAddress.checkData(data);
        checkStarted();
        ParticipantId id = LocalAddress.idOf(participant);
        helping.helping(() -> {
            branch.store(enlistments, settings, id, data);
            return branch;
        });
    }

    /** How far the transaction, or one of its participants, has come; from the log. */
    Progress progressOf(String transaction, @Nullable String participant) {
        checkStarted();
        return ProgressQuery.answer(engine, patience(Duration.ZERO), transaction, participant);
    }

    private void checkStarted() {
        if (closed) {
            throw new HoldfastException(AdapterMessage.NOT_STARTED.text());
        }
    }

    /** Why the LRA of this branch was not held. */
    Optional<String> causeOfNo(TransactionId id) {
        return Optional.ofNullable(notHeld.get(id));
    }

    @Override
    public void close() {
        closed = true;
        stopListening.run();
        watch.close();
        forgetting.close();
        engine.close();
    }
}
