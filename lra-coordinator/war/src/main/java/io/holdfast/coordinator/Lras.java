package io.holdfast.coordinator;

import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.lra.Origin;
import io.holdfast.coordinator.lra.UnknownLraException;
import io.holdfast.coordinator.participant.Endings;
import io.holdfast.coordinator.participant.ParticipantLinks;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * What can be done with LRAs. Futures complete when what they tell is durable; they fail with the engine's exceptions, with
 * {@link io.holdfast.coordinator.input.InvalidInputException} and the like, and then nothing has changed. Thread-safe.
 */
public final class Lras {
    private final Coordinator engine;
    private final Endings endings;
    private final HostList callbackHosts;
    private final Duration endWait;

    public Lras(Coordinator engine, Endings endings, Configuration configuration) {
        this.engine = engine;
        this.endings = endings;
        this.callbackHosts = configuration.callbackHosts();
        this.endWait = configuration.endWait();
    }

    /** @param owner starting again with the same token gives the same LRA */
    public CompletableFuture<Lra> start(
            String base, String clientId, Optional<String> owner, Optional<Duration> limit) {
        String origin = new Origin(base, null, clientId).toText();
        return engine.start(origin, owner.orElse(null), limit.orElse(null)).thenApply(Lra::of);
    }

    /**
     * Starts an LRA nested in another, which must be active. What a token has started before is found whatever has become of the other.
     *
     * @see #start(String, String, Optional, Optional)
     */
    public CompletableFuture<Lra> startNested(
            TransactionId parent, String base, String clientId, Optional<String> owner, Optional<Duration> limit) {
        return engine.find(parent)
                .thenCompose(outer -> {
                    String parentId = Bounds.parentId(Lra.of(outer).id().toString());
                    String origin = new Origin(base, parentId, clientId).toText();
                    return engine.startNested(parent, origin, owner.orElse(null), limit.orElse(null));
                })
                .exceptionallyCompose(failure -> startedBefore(failure, owner))
                .thenApply(Lra::of);
    }

    private CompletableFuture<Transaction> startedBefore(Throwable failure, Optional<String> owner) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return owner.flatMap(engine::ofOwner)
                .filter(known -> cause instanceof UnknownTransactionException)
                .map(known -> engine.find(known.id()))
                .orElseGet(() -> CompletableFuture.failedFuture(failure));
    }

    /**
     * A participant has joined.
     *
     * @param earlierData what it had stored before, empty for nothing
     */
    public record Enlisted(String recoveryUrl, String earlierData) {}

    public CompletableFuture<Enlisted> join(
            TransactionId id, ParticipantLinks links, String data, Optional<Duration> limit) {
        String address = links.checkedAgainst(callbackHosts).toString();
        return engine.join(id, links.kind(), address, data, links.wants(), limit.orElse(null))
                .thenApply(joined -> {
                    Lra lra = Lra.of(joined.transaction());
                    return new Enlisted(
                            lra.id().recoveryUrl(joined.participant().id()), joined.earlierData());
                });
    }

    public CompletableFuture<Lra> leave(TransactionId id, ParticipantLinks links) {
        return engine.find(id).thenCompose(tx -> {
            Participant participant = tx.participants()
                    .findByAddress(links.toString())
                    .orElseThrow(() -> new UnknownParticipantException(
                            "The LRA " + id + " has no participant " + Bounds.shown(links.toString())));
            return engine.leave(id, participant.id()).thenApply(Lra::of);
        });
    }

    /** @param limit counted from now; empty for none */
    public CompletableFuture<Lra> renew(TransactionId id, Optional<Duration> limit) {
        return engine.renew(id, limit.orElse(null)).thenApply(Lra::of);
    }

    /** Data that a participant sends along with close or cancel. */
    public record ClosingData(ParticipantLinks participant, String data) {}

    /**
     * Decides to close and waits a while for the participants. Who does not own an owned LRA ends nothing by it: its data are stored
     * and the LRA stays Active. The owner of a nested one is answered Cancelling or Cancelled when it had been closed and the LRA around
     * it was cancelled after that; where its close was not obeyed it is refused.
     */
    public CompletableFuture<Lra> close(TransactionId id, Optional<String> owner, Optional<ClosingData> data) {
        return store(id, data, tx -> isWrong(owner, tx))
                .thenCompose(stored -> engine.confirm(id, owner.orElse(null)))
                .thenCompose(this::end);
    }

    /** Decides to cancel and waits a while for the participants. */
    public CompletableFuture<Lra> cancel(TransactionId id, Optional<String> owner, Optional<ClosingData> data) {
        return store(id, data, tx -> isWrong(owner, tx) || isHeldFrom(owner, tx))
                .thenCompose(stored -> engine.cancel(id, owner.orElse(null)))
                .thenCompose(this::end);
    }

    private CompletableFuture<Lra> end(Transaction tx) {
        return tx.state().isDecided()
                ? endings.ended(tx, endWait).thenApply(Lra::of)
                : CompletableFuture.completedFuture(Lra.of(tx));
    }

    private static boolean isWrong(Optional<String> owner, Transaction tx) {
        return owner.isPresent() && !owner.get().equals(tx.owner());
    }

    private static boolean isHeldFrom(Optional<String> owner, Transaction tx) {
        return owner.isEmpty() && tx.owner() != null && tx.state() == TransactionState.PREPARED;
    }

    /**
     * Data for a participant that is not there, or of an LRA that is decided, have no receiver and are dropped.
     *
     * @param refused whether what the data came with will be refused, so that nothing may change
     */
    private CompletableFuture<?> store(TransactionId id, Optional<ClosingData> data, Predicate<Transaction> refused) {
        if (data.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return engine.find(id).thenCompose(tx -> {
            Optional<Participant> participant =
                    tx.participants().findByAddress(data.get().participant().toString());
            if (participant.isEmpty() || tx.state().isDecided() || refused.test(tx)) {
                return CompletableFuture.completedFuture(tx);
            }
            return engine.storeData(id, participant.get().id(), data.get().data())
                    .exceptionally(failure -> {
                        if (isRefused(failure)) {
                            return tx;
                        }
                        throw new CompletionException(failure);
                    });
        });
    }

    private static boolean isRefused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RefusedException refused
                && (refused.refusal() == Refusal.NOT_ACTIVE || refused.refusal() == Refusal.UNKNOWN_PARTICIPANT);
    }

    /**
     * Who depends on an LRA that is held.
     *
     * @param participants how many will be told to complete or compensate
     * @param listeners how many only want to know how it ended
     * @param nested how many nested LRAs there are below
     */
    public record Held(int participants, int listeners, int nested) {}

    /** From now on only its owner ends it, and nobody joins. */
    public CompletableFuture<Held> hold(TransactionId id, String owner) {
        return engine.hold(id, owner).thenApply(tx -> {
            int listeners = count(tx, ParticipantKind.LISTENER);
            int nested = count(tx, ParticipantKind.NESTED);
            return new Held(tx.participants().size() - listeners - nested, listeners, nested);
        });
    }

    private static int count(Transaction tx, ParticipantKind kind) {
        return (int) tx.participants().stream()
                .filter(participant -> participant.kind() == kind)
                .count();
    }

    /** Ends the retention for the owner. A failed LRA stays until a person has resolved it. */
    public CompletableFuture<Lra> forget(TransactionId id, String owner) {
        return engine.find(id)
                .thenCompose(tx -> tx.state().isFailed() && owner.equals(tx.owner())
                        ? CompletableFuture.completedFuture(Lra.of(tx))
                        : engine.forget(id, owner).thenApply(Lra::of));
    }

    /**
     * A failed LRA has been looked at by a person and is dropped, whatever its participants are still owed; the answer for any other is
     * its status, and it stays.
     */
    public CompletableFuture<Lra> resolve(TransactionId id) {
        return engine.find(id)
                .thenCompose(tx -> tx.state().isFailed()
                        ? engine.resolve(id, "", "").thenApply(Lra::of)
                        : CompletableFuture.completedFuture(Lra.of(tx)));
    }

    public CompletableFuture<Lra> find(TransactionId id) {
        return engine.find(id).thenApply(Lra::of);
    }

    /** Those with one of the statuses, at most one more than {@link Bounds#MAX_LISTED}. */
    public CompletableFuture<List<Lra>> list(Predicate<LraStatus> statuses) {
        return listed(tx -> statuses.test(LraStatus.of(tx.state())));
    }

    private CompletableFuture<List<Lra>> listed(Predicate<Transaction> filter) {
        return engine.list(filter, Bounds.MAX_LISTED + 1)
                .thenApply(found -> found.stream().map(Lra::of).toList());
    }

    /** Makes every waiting call to a participant due now, and tells which LRAs wait for participants. */
    public CompletableFuture<List<Lra>> recover() {
        engine.retryNow();
        return listed(Lra::isWaiting);
    }

    /** The addresses that the participant is called at. */
    public CompletableFuture<ParticipantLinks> participant(TransactionId id, ParticipantId participantId) {
        return engine.find(id)
                .thenApply(tx -> ParticipantLinks.parse(known(tx, participantId).address()));
    }

    /** From now on the participant is called elsewhere; what it joined to be told must have an address there. */
    public CompletableFuture<Lra> relocate(TransactionId id, ParticipantId participantId, ParticipantLinks links) {
        String address = links.checkedAgainst(callbackHosts).toString();
        return engine.find(id)
                .thenCompose(tx -> {
                    links.checkHasAllThatIsTold(
                            ParticipantLinks.parse(known(tx, participantId).address()));
                    return engine.relocate(id, participantId, address, true);
                })
                .thenApply(Lra::of);
    }

    private static Participant known(Transaction tx, ParticipantId participantId) {
        return tx.participants()
                .find(participantId)
                .filter(participant -> participant.kind() != ParticipantKind.NESTED)
                .orElseThrow(
                        () -> new UnknownLraException("The LRA " + tx.id() + " has no participant " + participantId));
    }
}
