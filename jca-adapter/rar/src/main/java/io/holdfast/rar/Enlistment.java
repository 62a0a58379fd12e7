package io.holdfast.rar;

import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a branch has in the engine.
 *
 * @param owner the token without which the engine does not decide for the branch
 * @param recorded completes when the engine's transaction is durable, with its first participant
 * @param ended completes when every participant of the branch has answered the decision; the engine keeps it at
 *     least until the coordinator has forgotten the LRA
 */
record Enlistment(
        @Nullable String owner, CompletableFuture<TransactionId> recorded, CompletableFuture<Transaction> ended) {}
