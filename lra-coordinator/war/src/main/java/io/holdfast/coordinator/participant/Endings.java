package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.coordinator.participant.Notices.Notice;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Waits for the ends of LRAs: for callers that want to know the end for a while, and for the participants that asked to be told. One
 * wait at the engine for each LRA, however often it is asked for. Thread-safe.
 */
public final class Endings {
    private final Coordinator engine;
    private final Notices notices;
    private final Timers timers;
    private final Executor executor;
    private final Set<TransactionId> interested = ConcurrentHashMap.newKeySet();
    private final Map<TransactionId, Map<Object, CompletableFuture<Transaction>>> waiting = new ConcurrentHashMap<>();

    public Endings(Coordinator engine, Notices notices, Timers timers, Executor executor) {
        this.engine = engine;
        this.notices = notices;
        this.timers = timers;
        this.executor = executor;
    }

    /** Sees to it that the participants of the LRA that asked for it are told of its end once, whenever that comes. */
    public void tellParticipants(TransactionId id) {
        interested.add(id);
        watch(id);
    }

    private void watch(TransactionId id) {
        if (waiting.putIfAbsent(id, new ConcurrentHashMap<>()) == null) {
            var unused = engine.ended(id).whenComplete((tx, failure) -> {
                if (failure == null) {
                    over(tx);
                } else {
                    waiting.remove(id);
                    CoordinatorMessage.WATCH_FAILED.log(id, failure);
                }
            });
        }
    }

    /** Whether the participant has to be told of the end. */
    public static boolean isInterested(ParticipantLinks links) {
        return links.find(Rel.AFTER).isPresent() || links.find(Rel.FORGET).isPresent();
    }

    /**
     * The transaction when it has ended, or, after the wait, as it was given.
     *
     * @param tx a decided one
     */
    public CompletableFuture<Transaction> ended(Transaction tx, Duration atMost) {
        if (tx.state().isFinal() || atMost.isZero()) {
            return CompletableFuture.completedFuture(tx);
        }
        Object key = new Object();
        CompletableFuture<Transaction> end = new CompletableFuture<>();
        watch(tx.id());
        Map<Object, CompletableFuture<Transaction>> others = waiting.computeIfPresent(tx.id(), (id, callers) -> {
            callers.put(key, end);
            return callers;
        });
        if (others == null) {
            return engine.find(tx.id());
        }
        Cancellable limit = timers.schedule(atMost, () -> {
            others.remove(key);
            end.completeAsync(() -> tx, executor);
        });
        return end.whenComplete((ended, failure) -> limit.cancel());
    }

    private void over(Transaction tx) {
        Map<Object, CompletableFuture<Transaction>> callers = waiting.remove(tx.id());
        if (callers != null) {
            callers.values().forEach(caller -> caller.complete(tx));
        }
        if (interested.remove(tx.id())) {
            notify(tx);
        }
    }

    private void notify(Transaction tx) {
        Lra lra = Lra.of(tx);
        for (Participant participant : tx.participants()) {
            ParticipantLinks links = ParticipantLinks.parse(participant.address());
            if (participant.state().isFailed()) {
                forget(lra, participant, links).ifPresent(notices::send);
            }
            after(lra, participant, links).ifPresent(notices::send);
        }
    }

    private static Optional<Notice> forget(Lra lra, Participant participant, ParticipantLinks links) {
        return links.find(Rel.FORGET)
                .map(address -> new Notice(
                        "DELETE",
                        address,
                        CallbackHeaders.ending(lra.id(), participant),
                        "",
                        lra.id().toString()));
    }

    private static Optional<Notice> after(Lra lra, Participant participant, ParticipantLinks links) {
        return links.find(Rel.AFTER)
                .map(address -> new Notice(
                        "PUT",
                        address,
                        CallbackHeaders.ended(lra.id(), participant),
                        lra.status().word(),
                        lra.id().toString()));
    }
}
