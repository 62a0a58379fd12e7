package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/**
 * Makes an LRA part of a branch, in the order that survives a crash at every step: the intent with a random owner token is forced to
 * the log by one write, then the coordinator starts the LRA, then the LRA is noted (not forced: by its token it can be found again). Thread-safe.
 */
final class LraBridge {
    private static final int TOKEN_BYTES = 16;

    private final Coordinator engine;
    private final LraClient client;
    private final LraDriver driver;
    private final Forgetting forgetting;
    private final AdapterSettings settings;
    private final RandomGenerator random;
    private final Statistics statistics;

    LraBridge(
            Coordinator engine,
            LraClient client,
            LraDriver driver,
            Forgetting forgetting,
            AdapterSettings settings,
            RandomGenerator random,
            Statistics statistics) {
        this.engine = engine;
        this.client = client;
        this.driver = driver;
        this.forgetting = forgetting;
        this.settings = settings;
        this.random = random;
        this.statistics = statistics;
    }

    /**
     * Starts the engine's transaction for a branch and its LRA; returns at once.
     *
     * @param branchLimit after which the undecided branch is cancelled
     * @param lraLimit after which the coordinator cancels the LRA
     */
    Enlistment enlist(XidValue xid, Duration branchLimit, Duration lraLimit) {
        LraAddress intent = LraAddress.intent(settings.coordinator(), newToken());
        String origin = XidCodec.encode(xid);
        CompletableFuture<Intent> joined = engine.startWith(
                        origin, intent.token(), branchLimit, ParticipantKind.VOTING, intent.encode())
                .thenApply(join ->
                        new Intent(join.transaction().id(), join.participant().id()));
        CompletableFuture<Transaction> ended = joined.thenCompose(noted -> engine.ended(noted.transaction()));
        CompletableFuture<URI> lra = joined.thenCompose(noted -> start(noted, intent, origin, lraLimit));
        forgetAtEnd(ended);
        return new Enlistment(intent.token(), joined.thenApply(Intent::transaction), lra, ended);
    }

    private CompletableFuture<URI> start(Intent noted, LraAddress intent, String origin, Duration lraLimit) {
        long began = System.nanoTime();
        return client.start(intent, origin, lraLimit, settings.startTimeout())
                .whenComplete((address, failure) -> {
                    statistics.took(Statistics.Timing.LRA_START, System.nanoTime() - began);
                    statistics.count(
                            failure == null ? Statistics.Counter.LRAS_STARTED : Statistics.Counter.LRAS_NOT_STARTED);
                })
                .exceptionallyCompose(failure -> notStarted(noted, failure))
                .thenCompose(address -> note(noted, address));
    }

    /** What is left of a branch that was found in the log. */
    Enlistment restored(Transaction tx) {
        CompletableFuture<Transaction> ended = engine.ended(tx.id());
        forgetAtEnd(ended);
        return new Enlistment(
                tx.owner(),
                CompletableFuture.completedFuture(tx.id()),
                CompletableFuture.failedFuture(new IllegalStateException("Branch of an earlier run")),
                ended);
    }

    private CompletableFuture<URI> note(Intent intent, LraAddress address) {
        URI lra = address.lra();
        if (lra == null) {
            throw new IllegalStateException("Started without an LRA: " + address);
        }
        return engine.relocate(intent.transaction(), intent.participant(), address.encode(), false)
                .handle((tx, failure) -> {
                    if (failure == null) {
                        return lra;
                    }
                    Throwable cause = causeOf(failure);
                    if (cause instanceof RefusedException || cause instanceof UnknownTransactionException) {
                        drop(address);
                    }
                    throw new CompletionException(cause);
                });
    }

    /** Where it is sure that there is no LRA, nothing is left to be cancelled. */
    private CompletableFuture<LraAddress> notStarted(Intent intent, Throwable failure) {
        Throwable cause = causeOf(failure);
        HoldfastException told =
                new HoldfastException(AdapterMessage.LRA_NOT_STARTED.text(settings.coordinator(), cause), cause);
        boolean sure = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || (cause instanceof LraClient.NotStartedException answer && answer.isRefusal());
        return sure
                ? engine.leave(intent.transaction(), intent.participant())
                        .handle((tx, ignored) -> told)
                        .thenCompose(CompletableFuture::failedFuture)
                : CompletableFuture.failedFuture(told);
    }

    /** Cancels an LRA that came into being after its branch had ended. */
    private void drop(LraAddress address) {
        var unused = driver.drop(address).thenAccept(answer -> {
            if (answer instanceof Answer.Done) {
                forgetting.begin(address);
            }
        });
    }

    /** Only once the end is durable here: a close that is repeated after a crash must still find the LRA. */
    private void forgetAtEnd(CompletableFuture<Transaction> ended) {
        var unused = ended.thenAccept(forgetting::begin);
    }

    private String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? causeOf(failure.getCause())
                : failure;
    }

    /** The intent as the engine knows it. */
    private record Intent(TransactionId transaction, ParticipantId participant) {}
}
