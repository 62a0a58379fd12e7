package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.Joined;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The branches that this adapter knows, by Xid, and the engine that remembers what must be durable. A branch without an LRA lives here
 * only and writes nothing. Thread-safe.
 */
final class Branches implements AutoCloseable {
    private final AdapterSettings settings;
    private final Host host;
    private final Coordinator engine;
    private final LraBridge bridge;
    private final Enlistments enlistments;
    private final Forgetting forgetting;
    private final Runnable stopListening;
    private final Map<XidValue, Branch> byXid = new ConcurrentHashMap<>();
    private final Map<TransactionId, String> notHeld;
    private volatile boolean closed;

    private Branches(
            AdapterSettings settings,
            Host host,
            Coordinator engine,
            LraBridge bridge,
            Enlistments enlistments,
            Forgetting forgetting,
            Runnable stopListening,
            Map<TransactionId, String> notHeld) {
        this.settings = settings;
        this.host = host;
        this.engine = engine;
        this.bridge = bridge;
        this.enlistments = enlistments;
        this.stopListening = stopListening;
        this.forgetting = forgetting;
        this.notHeld = notHeld;
    }

    /**
     * Opens the log. Branches that were undecided are cancelled, prepared ones stay for the transaction manager, and what was decided
     * is delivered further.
     *
     * @throws io.holdfast.engine.log.LogUnavailableException if the directory cannot be used or the log is damaged
     */
    static Branches open(AdapterSettings settings, Host host, LocalApplications applications, BeanThreads beanThreads) {
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
        ParticipantDriver drivers = new ParticipantDrivers(
                driver,
                new HttpDriver(new HttpCalls(host.executor(), settings.startTimeout()), settings.participantHosts()),
                new LocalDriver(applications, beanThreads));
        Coordinator engine = Coordinator.open(settings.engine(), host, drivers);
        opened.complete(engine);
        Forgetting forgetting = new Forgetting(engine, driver, settings.retries(), host);
        LraBridge bridge = new LraBridge(engine, client, driver, forgetting, settings);
        Enlistments enlistments = new Enlistments(engine, forgetting, host.random());
        Runnable stopListening =
                applications.listen(application -> engine.retryNow(LocalAddress.endpointOf(application)));
        Branches branches =
                new Branches(settings, host, engine, bridge, enlistments, forgetting, stopListening, notHeld);
        try {
            branches.restore();
        } catch (RuntimeException failed) {
            branches.close();
            throw failed;
        }
        return branches;
    }

    private void restore() {
        for (Transaction tx :
                patience(Duration.ZERO).await(engine.list(tx -> !tx.state().isFailed(), Integer.MAX_VALUE))) {
            Enlistment enlistment = enlistments.restored(tx);
            Optional<XidValue> xid = XidCodec.decode(tx.origin());
            if (xid.isEmpty()) {
                continue;
            }
            if (tx.state() == TransactionState.PREPARED) {
                add(Branch.restored(xid.get(), host.clock(), Branch.Phase.PREPARED, enlistment));
            } else if (tx.state() == TransactionState.CONFIRMING) {
                Branch branch = Branch.restored(xid.get(), host.clock(), Branch.Phase.COMMITTED, enlistment);
                add(branch);
                removeAtEnd(branch, enlistment);
            }
        }
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

    private void add(Branch branch) {
        byXid.put(branch.xid(), branch);
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
                .ifPresent(notHeld::remove);
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
        for (Transaction tx : patience(Duration.ZERO)
                .await(engine.list(tx -> tx.state() == TransactionState.PREPARED, Integer.MAX_VALUE))) {
            XidCodec.decode(tx.origin()).ifPresent(xids::add);
        }
        byXid.values().stream()
                .filter(branch -> branch.phase() == Branch.Phase.HEURISTIC)
                .map(Branch::xid)
                .filter(xid -> !xids.contains(xid))
                .forEach(xids::add);
        return xids;
    }

    /** See {@link Branch#lra}. */
    URI lra(Branch branch, @Nullable Duration limit) {
        checkStarted();
        return branch.lra(enlistments, bridge, settings, limit);
    }

    Enlisted enlist(Branch branch, HttpParticipant participant) {
        HttpAddress address = HttpAddress.checked(participant, settings.participantHosts());
        return enlisted(branch, address.encode(), "");
    }

    Enlisted enlist(Branch branch, LocalParticipant participant) {
        LocalAddress address = LocalAddress.checked(participant, enlistments.randomHex());
        return enlisted(branch, address.encode(), participant.data());
    }

    private Enlisted enlisted(Branch branch, String address, String data) {
        checkStarted();
        Joined joined = branch.join(enlistments, settings, address, data);
        return new Enlisted(
                joined.transaction().id().value(), joined.participant().id().value());
    }

    void store(Branch branch, Enlisted participant, String data) {
        LocalAddress.checkData(data);
        checkStarted();
        branch.store(enlistments, settings, LocalAddress.idOf(participant), data);
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
        forgetting.close();
        engine.close();
    }
}
