package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Waits until LRAs have ended and their participants have acknowledged what they are owed, for callers that want to know the end for a while. One wait at the engine for each LRA, however often it is
 * asked for. Thread-safe.
 */
public final class Endings {
    private final Coordinator engine;
    private final Timers timers;
    private final Executor executor;
    private final Map<TransactionId, Map<Object, CompletableFuture<Transaction>>> waiting = new ConcurrentHashMap<>();

    public Endings(Coordinator engine, Timers timers, Executor executor) {
        this.engine = engine;
        this.timers = timers;
        this.executor = executor;
    }

    private void watch(TransactionId id) {
        if (waiting.putIfAbsent(id, new ConcurrentHashMap<>()) == null) {
            var unused = engine.settled(id).whenComplete((tx, failure) -> {
                if (failure == null) {
                    over(tx);
                } else {
                    waiting.remove(id);
                    CoordinatorMessage.WATCH_FAILED.log(id, failure);
                }
            });
        }
    }

    /**
     * The transaction when it has ended and all have been told so, or, after the wait, as it is then.
     *
     * @param tx a decided one
     */
    public CompletableFuture<Transaction> ended(Transaction tx, Duration atMost) {
        if (isOver(tx) || atMost.isZero()) {
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
            executor.execute(() -> end.complete(tx));
        });
        return end.thenCompose(ended -> engine.find(tx.id()).exceptionally(forgotten -> ended))
                .whenComplete((ended, failure) -> limit.cancel());
    }

    private static boolean isOver(Transaction tx) {
        return tx.state().isFinal() && tx.participants().isEmpty();
    }

    private void over(Transaction tx) {
        Map<Object, CompletableFuture<Transaction>> callers = waiting.remove(tx.id());
        if (callers != null) {
            callers.values().forEach(caller -> caller.complete(tx));
        }
    }
}
