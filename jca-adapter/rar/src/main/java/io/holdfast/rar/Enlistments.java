package io.holdfast.rar;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Joined;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes branches known to the engine, and gives them participants that have acted. No method blocks. Thread-safe. */
final class Enlistments {
    private static final int TOKEN_BYTES = 16;

    private final Coordinator engine;
    private final Forgetting forgetting;
    private final RandomGenerator random;

    Enlistments(Coordinator engine, Forgetting forgetting, RandomGenerator random) {
        this.engine = engine;
        this.forgetting = forgetting;
        this.random = random;
    }

    /**
     * Who is to join.
     *
     * @param address by the owner's token of the branch, which an LRA is started with
     */
    record Newcomer(ParticipantKind kind, UnaryOperator<String> address, String data) {
        static Newcomer acted(String address, String data) {
            return new Newcomer(ParticipantKind.ACTED, owner -> address, data);
        }
    }

    /**
     * A branch that the engine gets to know together with its first participant.
     *
     * @param first completes when both are durable, by one forced write
     */
    record Begun(Enlistment enlistment, CompletableFuture<Joined> first) {}

    /** @param limit after which the undecided branch is cancelled */
    Begun begin(XidValue xid, Duration limit, Newcomer newcomer) {
        String owner = randomHex();
        CompletableFuture<Joined> first = engine.startWith(
                XidCodec.encode(xid),
                owner,
                limit,
                newcomer.kind(),
                newcomer.address().apply(owner),
                newcomer.data());
        CompletableFuture<TransactionId> recorded =
                first.thenApply(joined -> joined.transaction().id());
        CompletableFuture<Transaction> ended = recorded.thenCompose(engine::ended);
        forgetAtEnd(ended);
        return new Begun(new Enlistment(owner, recorded, ended), first);
    }

    /** What is left of a branch that was found in the log. */
    Enlistment restored(Transaction tx) {
        CompletableFuture<Transaction> ended = engine.ended(tx.id());
        forgetAtEnd(ended);
        return new Enlistment(tx.owner(), CompletableFuture.completedFuture(tx.id()), ended);
    }

    /**
     * Completes when the participant, who may act from then on, is durable.
     *
     * @param limit after which the undecided branch is cancelled, if that is earlier than so far; null leaves it
     */
    CompletableFuture<Joined> join(Enlistment enlistment, Newcomer newcomer, @Nullable Duration limit) {
        String address = newcomer.address().apply(String.valueOf(enlistment.owner()));
        return enlistment
                .recorded()
                .thenCompose(id -> engine.join(id, newcomer.kind(), address, newcomer.data(), Set.of(), limit));
    }

    CompletableFuture<Transaction> store(Enlistment enlistment, ParticipantId participant, String data) {
        return enlistment.recorded().thenCompose(id -> engine.storeData(id, participant, data));
    }

    /** A text that nobody can guess and that is never made twice. */
    String randomHex() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Only once the end is durable here: a close that is repeated after a crash must still find the LRA. */
    private void forgetAtEnd(CompletableFuture<Transaction> ended) {
        var unused = ended.thenAccept(forgetting::begin);
    }
}
