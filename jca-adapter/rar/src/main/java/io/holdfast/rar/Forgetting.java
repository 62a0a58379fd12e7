package io.holdfast.rar;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.delivery.RetryPolicy;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Lets coordinators forget the LRAs of ended branches: a Holdfast coordinator keeps an owned LRA until its owner says so. The branch
 * stays in the log until the coordinator has acknowledged, so that a restart goes on with it. Thread-safe; never blocks.
 */
final class Forgetting implements AutoCloseable {
    private final Coordinator engine;
    private final LraDriver driver;
    private final RetryPolicy retries;
    private final Host host;
    private final OutcomeRetention retention;
    private volatile boolean closed;

    /** @param retention keeps ended branches and their LRAs for those that ask for the outcome */
    Forgetting(Coordinator engine, LraDriver driver, RetryPolicy retries, Host host, OutcomeRetention retention) {
        this.retention = retention;
        this.engine = engine;
        this.driver = driver;
        this.retries = retries;
        this.host = host;
    }

    /**
     * When its outcome need not be asked for any more, goes on until all LRAs of the branch are forgotten, then drops it from the log. A
     * failed one stays for the operator, and a heuristic outcome until the transaction manager has acknowledged it, after which this is
     * to be called again.
     */
    void begin(Transaction ended) {
        if (ended.state().isFailed()) {
            return;
        }
        Instant endedAt = Objects.requireNonNull(ended.endedAt());
        retention.keep(endedAt, () -> forget(ended));
    }

    /** A coordinator may forget an LRA when its end is durable, since a close that is repeated after a crash must still find it. */
    private void forget(Transaction ended) {
        List<LraAddress> lras = lrasOf(ended);
        if (lras.isEmpty()) {
            drop(ended);
        } else {
            var unused = engine.find(ended.id()).thenRun(() -> repeat(lras, () -> drop(ended), 1));
        }
    }

    /** Goes on until the LRAs of a branch that somebody else drops from the log are forgotten, or until a restart. */
    void beginLras(Transaction dropped) {
        repeat(lrasOf(dropped), () -> {}, 1);
    }

    /** Goes on until the LRA, which is in no branch's log, is forgotten. */
    void begin(LraAddress lra) {
        repeat(List.of(lra), () -> {}, 1);
    }

    static boolean hasForeignLra(Transaction transaction) {
        return lrasOf(transaction).stream().anyMatch(lra -> !lra.kind().isOurs());
    }

    private static List<LraAddress> lrasOf(Transaction transaction) {
        List<LraAddress> lras = new ArrayList<>();
        for (Participant participant : transaction.participants()) {
            if (LraAddress.isOne(participant.address())) {
                lras.add(LraAddress.decode(participant.address()));
            }
        }
        return lras;
    }

    private void repeat(List<LraAddress> lras, Runnable whenForgotten, int attempt) {
        if (closed) {
            return;
        }
        CompletableFuture<?>[] forgotten = lras.stream().map(driver::forget).toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(forgotten).whenComplete((done, failure) -> {
            if (failure == null) {
                whenForgotten.run();
            } else {
                host.timers().schedule(retries.delayAfter(attempt, host.random()), () -> host.executor()
                        .execute(() -> repeat(lras, whenForgotten, attempt + 1)));
            }
        });
    }

    private void drop(Transaction ended) {
        boolean isHeuristic =
                engine.inMemory(ended.id()).map(Transaction::heuristic).isPresent();
        if (isHeuristic) {
            return;
        }
        var unused = engine.forgetUnforced(ended.id(), ended.owner()).whenComplete((tx, failure) -> {
            boolean done = failure == null || LraBridge.causeOf(failure) instanceof UnknownTransactionException;
            if (!done && !closed) {
                AdapterMessage.FORGET_FAILED.log(ended.id(), failure);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
