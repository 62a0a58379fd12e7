package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.Joined;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.TooManyParticipantsException;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
        /** Decided before a restart, and a participant has failed: told if the transaction manager asks again, else to nobody. */
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
    private @Nullable CompletableFuture<URI> lra;
    private @Nullable URI lraParent;

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

    /** Unless the transaction manager has been told of it already. */
    synchronized void becomeFailed() {
        if (phase != Phase.HEURISTIC) {
            phase = Phase.FAILED;
        }
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
     * @param parent that it must be nested in; null for whatever it is
     */
    URI lra(
            Enlistments enlistments,
            LraBridge bridge,
            AdapterSettings settings,
            @Nullable Duration limit,
            @Nullable URI parent) {
        CompletableFuture<URI> starting;
        synchronized (this) {
            checkActive();
            starting = lra;
            if (starting == null) {
                Duration lraLimit = limit == null ? timeLeft().orElse(settings.lraTimeLimit()) : limit;
                String owner = enlistment == null ? enlistments.randomHex() : String.valueOf(enlistment.owner());
                LraAddress intent = bridge.intent(owner, parent);
                // Participants that came before have given a branch without a time-out of its own the configured limit.
                boolean renews = limit != null && deadline == null && enlistment != null;
                CompletableFuture<Joined> joined = joined(
                        enlistments, owner, renews ? null : lraLimit, ParticipantKind.VOTING, intent.encode(), "");
                if (renews) {
                    joined = joined.thenCompose(join -> enlistments.renew(join, lraLimit));
                }
                starting = bridge.start(joined, intent, xid, lraLimit);
                lra = starting;
                lraParent = parent;
            } else if (parent != null && !parent.equals(lraParent)) {
                throw new HoldfastException(AdapterMessage.OTHER_PARENT.text(
                        lraParent == null ? "a top-level one" : "nested in " + lraParent, parent));
            }
        }
        return awaitWhileActive(
                settings.patience(settings.startTimeout()),
                starting,
                failed -> AdapterMessage.LRA_NOT_STARTED.text(settings.coordinator(), failed));
    }

    /** Adds a participant that has acted or has done an action, will once this has returned, or acts on the commit only. */
    Joined join(Enlistments enlistments, AdapterSettings settings, ParticipantKind kind, String address, String data) {
        CompletableFuture<Joined> joining;
        synchronized (this) {
            checkActive();
            Duration limit = enlistment == null ? timeLeft().orElse(settings.lraTimeLimit()) : null;
            joining = joined(enlistments, enlistments.randomHex(), limit, kind, address, data);
        }
        return awaitWhileActive(settings.patience(Duration.ZERO), joining, AdapterMessage.NOT_ENLISTED::text);
    }

    /** Replaces the data of a participant that joined before. */
    void store(Enlistments enlistments, AdapterSettings settings, ParticipantId participant, String data) {
        CompletableFuture<Transaction> storing;
        synchronized (this) {
            checkActive();
            if (enlistment == null) {
                throw new HoldfastException(AdapterMessage.UNKNOWN_PARTICIPANT.text(participant));
            }
            storing = enlistments.store(enlistment, participant, data);
        }
        awaitWhileActive(settings.patience(Duration.ZERO), storing, AdapterMessage.NOT_ENLISTED::text);
    }

    /**
     * Joins a participant; the first makes the branch known to the engine.
     *
     * @param limit of the branch, when it is earlier than what is left; null for no other
     */
    private CompletableFuture<Joined> joined(
            Enlistments enlistments,
            String owner,
            @Nullable Duration limit,
            ParticipantKind kind,
            String address,
            String data) {
        Enlistment current = enlistment;
        if (current != null) {
            return enlistments.join(current, kind, address, data, limit);
        }
        Duration given = Objects.requireNonNull(limit);
        Duration shortest = timeLeft().filter(left -> left.compareTo(given) < 0).orElse(given);
        Enlistments.Begun begun = enlistments.begin(xid, owner, shortest, kind, address, data);
        enlistment = begun.enlistment();
        return begun.joined();
    }

    private Optional<Duration> timeLeft() {
        return Optional.ofNullable(deadline).map(end -> Duration.between(clock.now(), end));
    }

    /** What the future brings; when that is not known the branch can only roll back. */
    private <T> T awaitWhileActive(Patience patience, CompletableFuture<T> future, Function<Object, String> text) {
        T result;
        try {
            result = patience.await(future);
        } catch (TooManyParticipantsException nothingChanged) {
            throw new HoldfastException(AdapterMessage.TOO_MANY_PARTICIPANTS.text(nothingChanged), nothingChanged);
        } catch (RuntimeException failed) {
            if (failed instanceof RefusedException refused && refused.refusal() == Refusal.UNKNOWN_PARTICIPANT) {
                throw new HoldfastException(AdapterMessage.UNKNOWN_PARTICIPANT.text(refused), refused);
            }
            allowRollbackOnly(String.valueOf(failed.getMessage()));
            throw failed instanceof HoldfastException told ? told : new HoldfastException(text.apply(failed), failed);
        }
        synchronized (this) {
            checkActive();
        }
        return result;
    }

    private void checkActive() {
        if (phase != Phase.ACTIVE) {
            throw new HoldfastException(AdapterMessage.TRANSACTION_ENDS.text(xid, "it is " + phase));
        }
        if (rollbackCause != null) {
            throw new HoldfastException(AdapterMessage.TRANSACTION_ENDS.text(xid, rollbackCause));
        }
        if (deadline != null && !clock.now().isBefore(deadline)) {
            throw new HoldfastException(AdapterMessage.TIME_LIMIT_PASSED.text(xid));
        }
    }
}
