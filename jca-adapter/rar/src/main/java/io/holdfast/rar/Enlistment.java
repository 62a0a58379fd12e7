package io.holdfast.rar;

import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * What a branch has in the engine, and its LRA.
 *
 * @param recorded completes when the intent to start the LRA is durable
 * @param lra completes when the LRA is started and the engine knows it
 * @param ended completes when every participant of the branch has answered the decision; fails when the engine has forgotten it before
 */
record Enlistment(
        CompletableFuture<TransactionId> recorded, CompletableFuture<URI> lra, CompletableFuture<Transaction> ended) {}
