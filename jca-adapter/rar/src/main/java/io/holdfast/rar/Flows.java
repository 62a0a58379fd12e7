package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalParticipant;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Joined;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.TooManyParticipantsException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.HelpingExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Transactions of local participants that no JTA transaction decides, but who knows their name. They have no limit and go on over a
 * restart. Thread-safe.
 */
final class Flows {
    /** What the origin of a flow begins with; its name follows, which is also its owner's token. */
    static final String ORIGIN = "flow:";

    /** Who has cancelled it ahead. */
    private static final String APPLICATION = "its application";

    private static final int MAX_NAME = 4096;

    private final Coordinator engine;
    private final Enlistments enlistments;
    private final AdapterSettings settings;
    private final HelpingExecutor helping;

    Flows(Coordinator engine, Enlistments enlistments, AdapterSettings settings, HelpingExecutor helping) {
        this.engine = engine;
        this.enlistments = enlistments;
        this.settings = settings;
        this.helping = helping;
    }

    static boolean isOne(Transaction tx) {
        return tx.origin().startsWith(ORIGIN);
    }

    /** Empty when it is not one. */
    static Optional<String> nameOf(Transaction tx) {
        return isOne(tx) ? Optional.of(tx.origin().substring(ORIGIN.length())) : Optional.empty();
    }

    Enlisted enlist(String name, LocalParticipant participant) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new HoldfastException(
                    AdapterMessage.BAD_LOCAL_PARTICIPANT.text("flow", name.length(), "1 to " + MAX_NAME));
        }
        LocalAddress address = LocalAddress.checked(participant, enlistments.number());
        return joined(() -> engine.startWith(
                ORIGIN + name,
                token(name),
                null,
                LocalDriver.engineKind(participant.kind()),
                address.encode(),
                participant.data()));
    }

    Enlisted enlist(TransactionId flow, LocalParticipant participant) {
        LocalAddress address = LocalAddress.checked(participant, enlistments.number());
        return joined(() -> engine.join(
                flow,
                LocalDriver.engineKind(participant.kind()),
                address.encode(),
                participant.data(),
                Set.of(),
                null));
    }

    private Enlisted joined(Supplier<CompletableFuture<Joined>> joining) {
        Joined joined = await(joining);
        return new Enlisted(
                joined.transaction().id().value(), joined.participant().id().value());
    }

    void store(TransactionId flow, ParticipantId participant, String data) {
        await(() -> engine.storeData(flow, participant, data));
    }

    /** @return whether others are in it */
    boolean leave(TransactionId flow, ParticipantId participant) {
        return await(() -> engine.leave(flow, participant)).participants().size() > 0;
    }

    FlowState end(String name, boolean confirm) {
        Optional<Transaction> known = engine.ofOwner(token(name));
        if (known.isEmpty()) {
            return FlowState.UNKNOWN;
        }
        TransactionId id = known.get().id();
        if (isAsDecided(known.get(), confirm)) {
            forget(name);
        } else if (!known.get().state().isDecided()) {
            // Before the decision, whose answer may be waited for in vain.
            enlistments.dropAtEnd(id);
        }
        Transaction decided;
        try {
            decided = patiently(() -> confirm ? engine.confirm(id, token(name)) : engine.cancel(id, token(name)));
        } catch (RefusedException decidedBefore) {
            decided = decidedBefore.transaction();
        } catch (UnknownTransactionException ended) {
            return FlowState.UNKNOWN;
        }
        try {
            return stateOf(new Patience(settings.holdTimeout()).await(engine.ended(id)));
        } catch (Patience.OverException goesOn) {
            return stateOf(decided);
        } catch (UnknownTransactionException ended) {
            return FlowState.UNKNOWN;
        }
    }

    /**
     * Somebody decides in place of whoever should, a person what nobody else ends any more; completes when that is durable. It stays until an LRA that comes back after all has
     * learnt of it, or a person says that none will: it must not be told that what was cancelled is complete.
     */
    CompletableFuture<Transaction> decide(Transaction active, boolean confirm, String who, String why) {
        enlistments.dropAtEnd(active.id());
        return engine.hold(active.id(), active.owner())
                .thenCompose(held -> engine.decideByPerson(held.id(), confirm, who, why));
    }

    private static boolean isAsDecided(Transaction tx, boolean confirm) {
        return tx.state().isDecided() && tx.state().cancels() != confirm;
    }

    /**
     * Cancels it ahead of whoever decides about it; that this was done is kept, also over restarts, until that one has cancelled it too or
     * {@linkplain #forget forgets} it.
     */
    FlowState cancel(String name, String why) {
        Optional<Transaction> known = engine.ofOwner(token(name));
        if (known.isEmpty()) {
            return FlowState.UNKNOWN;
        }
        try {
            return stateOf(patiently(() -> decide(known.get(), false, APPLICATION, why)));
        } catch (RefusedException decidedBefore) {
            return stateOf(decidedBefore.transaction());
        } catch (UnknownTransactionException ended) {
            return FlowState.UNKNOWN;
        }
    }

    /** Whoever decides about it has learnt how it ended; nothing happens where that was not kept for it. */
    void forget(String name) {
        Optional<Transaction> kept = engine.ofOwner(token(name)).filter(tx -> tx.heuristic() != null);
        if (kept.isPresent()) {
            TransactionId id = kept.get().id();
            await(() -> engine.acknowledgeHeuristic(id, token(name)));
            enlistments.dropAtEnd(id);
        }
    }

    /** What was decided by somebody else counts as not decided until whoever decides about it has done so and learnt of that. */
    FlowState state(String name) {
        return engine.ofOwner(token(name))
                .map(tx -> tx.heuristic() == null ? stateOf(tx) : FlowState.ACTIVE)
                .orElse(FlowState.UNKNOWN);
    }

    /** Unlike the random ones of branches. */
    private static String token(String name) {
        return ORIGIN + name;
    }

    private <T> T patiently(Supplier<CompletableFuture<T>> call) {
        return helping.helping(() -> settings.patience(Duration.ZERO).await(call.get()));
    }

    private <T> T await(Supplier<CompletableFuture<T>> call) {
        try {
            return patiently(call);
        } catch (RefusedException | UnknownTransactionException ended) {
            throw new HoldfastException(
                    AdapterMessage.TRANSACTION_ENDS.text("of a flow", String.valueOf(ended.getMessage())), ended);
        } catch (TooManyParticipantsException tooMany) {
            throw new HoldfastException(AdapterMessage.TOO_MANY_PARTICIPANTS.text(tooMany), tooMany);
        } catch (RuntimeException failed) {
            throw new HoldfastException(AdapterMessage.NOT_ENLISTED.text(failed), failed);
        }
    }

    private static FlowState stateOf(Transaction tx) {
        TransactionState state = tx.state();
        return switch (state) {
            case ACTIVE, PREPARING, PREPARED, PRE_COMMITTED -> FlowState.ACTIVE;
            case CONFIRMING -> FlowState.CONFIRMING;
            case CONFIRMED -> FlowState.CONFIRMED;
            case CANCELLING -> FlowState.CANCELLING;
            case CANCELLED -> FlowState.CANCELLED;
            case FAILED_TO_CONFIRM -> FlowState.FAILED_TO_CONFIRM;
            case FAILED_TO_CANCEL -> FlowState.FAILED_TO_CANCEL;
        };
    }
}
