package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Joined;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes an LRA part of a branch, in the order that survives a crash at every step: the intent with a random owner token is forced to
 * the log by one write, then the coordinator starts the LRA, then the LRA is noted (not forced: by its token it can be found again).
 * Thread-safe.
 */
final class LraBridge {
    private final Coordinator engine;
    private final LraClient client;
    private final LraDriver driver;
    private final Forgetting forgetting;
    private final AdapterSettings settings;
    private final Statistics statistics;

    LraBridge(
            Coordinator engine,
            LraClient client,
            LraDriver driver,
            Forgetting forgetting,
            AdapterSettings settings,
            Statistics statistics) {
        this.engine = engine;
        this.client = client;
        this.driver = driver;
        this.forgetting = forgetting;
        this.settings = settings;
        this.statistics = statistics;
    }

    /**
     * What is to be stored before the coordinator hears of an LRA of this owner.
     *
     * @param parent that it is nested in; null for none
     */
    LraAddress intent(String owner, @Nullable URI parent) {
        return LraAddress.intent(settings.coordinator(), owner, parent);
    }

    /**
     * Starts the LRA of a branch; returns at once.
     *
     * @param joined completes when the intent is stored
     * @param limit after which the coordinator cancels the LRA
     * @return completes when the LRA is started and the engine knows it
     */
    CompletableFuture<URI> start(CompletableFuture<Joined> joined, LraAddress intent, XidValue xid, Duration limit) {
        return joined.thenApply(join ->
                        new Intent(join.transaction().id(), join.participant().id()))
                .thenCompose(noted -> start(noted, intent, XidCodec.encode(xid), limit));
    }

    private CompletableFuture<URI> start(Intent noted, LraAddress intent, String origin, Duration limit) {
        long began = System.nanoTime();
        return client.start(intent, origin, limit, settings.startTimeout())
                .whenComplete((address, failure) -> {
                    statistics.took(Statistics.Timing.LRA_START, System.nanoTime() - began);
                    statistics.count(
                            failure == null ? Statistics.Counter.LRAS_STARTED : Statistics.Counter.LRAS_NOT_STARTED);
                })
                .exceptionallyCompose(failure -> notStarted(noted, failure))
                .thenCompose(address -> note(noted, address));
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

    static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? causeOf(failure.getCause())
                : failure;
    }

    /** The intent as the engine knows it. */
    private record Intent(TransactionId transaction, ParticipantId participant) {}
}
