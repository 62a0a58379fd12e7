package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A branch of a JTA transaction as this run of the adapter knows it. Thread-safe; its lock is held for memory work only. */
final class Branch {
    /** Where the branch stands, as the transaction manager was told. */
    enum Phase {
        /** Work may be done; the only phase without a decision. */
        ACTIVE,
        PREPARED,
        COMMITTED,
        ROLLED_BACK,
        /** Committed before a restart, and a participant has failed: told if the transaction manager asks again, else to nobody. */
        FAILED,
        /** Ended otherwise than the transaction manager wanted, and it was told so; kept until it forgets. */
        HEURISTIC
    }

    /** How a resource works for the branch. */
    private enum Work {
        GOING_ON,
        SUSPENDED
    }

    private final XidValue xid;
    private final Clock clock;
    private final @Nullable Instant deadline;
    private final Map<BranchXAResource, Work> associations = new LinkedHashMap<>();
    private Phase phase;
    private int heuristicCode;
    private @Nullable String rollbackCause;
    private @Nullable Enlistment enlistment;

    private Branch(
            XidValue xid, Clock clock, Phase phase, @Nullable Instant deadline, @Nullable Enlistment enlistment) {
        this.xid = xid;
        this.clock = clock;
        this.phase = phase;
        this.deadline = deadline;
        this.enlistment = enlistment;
    }

    /** @param limit of the branch, from now; null for none */
    static Branch started(XidValue xid, Clock clock, @Nullable Duration limit) {
        Instant deadline = limit == null ? null : clock.now().plus(limit);
        return new Branch(xid, clock, Phase.ACTIVE, deadline, null);
    }

    static Branch restored(XidValue xid, Clock clock, Phase phase, Enlistment enlistment) {
        return new Branch(xid, clock, phase, null, enlistment);
    }

    XidValue xid() {
        return xid;
    }

    synchronized Phase phase() {
        return phase;
    }

    synchronized void become(Phase next) {
        phase = next;
    }

    synchronized void becomeHeuristic(int code) {
        phase = Phase.HEURISTIC;
        heuristicCode = code;
    }

    synchronized int heuristicCode() {
        return heuristicCode;
    }

    /** From now on the branch can only roll back; the first cause counts. */
    synchronized void allowRollbackOnly(String cause) {
        if (rollbackCause == null) {
            rollbackCause = cause;
        }
    }

    synchronized Optional<String> rollbackCause() {
        return Optional.ofNullable(rollbackCause);
    }

    synchronized Optional<Enlistment> enlistment() {
        return Optional.ofNullable(enlistment);
    }

    /** Another resource works for this branch from now on. */
    synchronized boolean associate(BranchXAResource resource) {
        return phase == Phase.ACTIVE && associations.putIfAbsent(resource, Work.GOING_ON) == null;
    }

    /** Takes up the resource's suspended association, or that of another resource. */
    synchronized boolean resume(BranchXAResource resource) {
        BranchXAResource suspended = find(resource, Work.SUSPENDED);
        if (suspended == null || associations.get(resource) == Work.GOING_ON) {
            return false;
        }
        associations.remove(suspended);
        associations.put(resource, Work.GOING_ON);
        return true;
    }

    /** Suspends the resource's association, or that of another; nothing when none is active. */
    synchronized Optional<BranchXAResource> suspend(BranchXAResource resource) {
        BranchXAResource active = find(resource, Work.GOING_ON);
        if (active != null) {
            associations.put(active, Work.SUSPENDED);
        }
        return Optional.ofNullable(active);
    }

    /** Ends the resource's association, or that of another; nothing when there is none. */
    synchronized Optional<BranchXAResource> dissociate(BranchXAResource resource) {
        BranchXAResource active = associations.containsKey(resource) ? resource : find(resource, Work.GOING_ON);
        BranchXAResource ending = active == null ? find(resource, Work.SUSPENDED) : active;
        if (ending != null) {
            associations.remove(ending);
        }
        return Optional.ofNullable(ending);
    }

    synchronized List<BranchXAResource> dissociateAll() {
        List<BranchXAResource> all = new ArrayList<>(associations.keySet());
        associations.clear();
        return all;
    }

    synchronized boolean isWorkedOn() {
        return associations.containsValue(Work.GOING_ON);
    }

    private @Nullable BranchXAResource find(BranchXAResource preferred, Work work) {
        if (associations.get(preferred) == work) {
            return preferred;
        }
        return associations.entrySet().stream()
                .filter(entry -> entry.getValue() == work)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /**
     * The LRA of this branch, started by the first call.
     *
     * @param limit of the LRA if this call starts it; null for the branch's own or else the configured one
     */
    URI lra(LraBridge bridge, AdapterSettings settings, @Nullable Duration limit) {
        Enlistment current;
        synchronized (this) {
            checkActive();
            current = enlistment;
            if (current == null) {
                current = enlist(bridge, settings, limit);
                enlistment = current;
            }
        }
        URI lra;
        try {
            lra = settings.patience(settings.startTimeout()).await(current.lra());
        } catch (RuntimeException failed) {
            allowRollbackOnly(String.valueOf(failed.getMessage()));
            throw failed instanceof HoldfastException told
                    ? told
                    : new HoldfastException(
                            AdapterMessage.LRA_NOT_STARTED.text(settings.coordinator(), failed), failed);
        }
        synchronized (this) {
            checkActive();
        }
        return lra;
    }

    private Enlistment enlist(LraBridge bridge, AdapterSettings settings, @Nullable Duration limit) {
        Duration left = deadline == null ? null : Duration.between(clock.now(), deadline);
        Duration wanted = left == null ? settings.lraTimeLimit() : left;
        Duration lraLimit = limit == null ? wanted : limit;
        Duration branchLimit = left != null && left.compareTo(lraLimit) < 0 ? left : lraLimit;
        return bridge.enlist(xid, branchLimit, lraLimit);
    }

    private void checkActive() {
        if (phase != Phase.ACTIVE) {
            throw new HoldfastException(AdapterMessage.TRANSACTION_ENDS.text("it is " + phase));
        }
        if (rollbackCause != null) {
            throw new HoldfastException(AdapterMessage.TRANSACTION_ENDS.text(rollbackCause));
        }
        if (deadline != null && !clock.now().isBefore(deadline)) {
            throw new HoldfastException(AdapterMessage.TIME_LIMIT_PASSED.text(xid));
        }
    }
}
