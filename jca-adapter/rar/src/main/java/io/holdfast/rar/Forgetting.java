package io.holdfast.rar;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.delivery.RetryPolicy;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;
import java.util.ArrayList;
import java.util.List;
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
    private volatile boolean closed;

    Forgetting(Coordinator engine, LraDriver driver, RetryPolicy retries, Host host) {
        this.engine = engine;
        this.driver = driver;
        this.retries = retries;
        this.host = host;
    }

    /** Goes on until all LRAs of the branch are forgotten, then drops it from the log; a failed one stays for the operator. */
    void begin(Transaction ended) {
        if (ended.state().isFailed()) {
            return;
        }
        List<LraAddress> lras = new ArrayList<>();
        for (Participant participant : ended.participants()) {
            if (LraAddress.isOne(participant.address())) {
                lras.add(LraAddress.decode(participant.address()));
            }
        }
        repeat(lras, () -> drop(ended), 1);
    }

    /** Goes on until the LRA, which is in no branch's log, is forgotten. */
    void begin(LraAddress lra) {
        repeat(List.of(lra), () -> {}, 1);
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
        var unused = engine.forget(ended.id(), ended.owner()).whenComplete((tx, failure) -> {
            if (failure != null && !closed) {
                AdapterMessage.FORGET_FAILED.log(ended.id(), failure);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
