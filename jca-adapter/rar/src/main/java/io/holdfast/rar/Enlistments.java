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
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes branches known to the engine, and gives them participants that have acted. No method blocks. Thread-safe. */
final class Enlistments {
    private static final int TOKEN_BYTES = 16;

    private final Coordinator engine;
    private final Forgetting forgetting;
    private final RandomGenerator random;
    private final String run;
    private final AtomicLong numbers = new AtomicLong();

    Enlistments(Coordinator engine, Forgetting forgetting, RandomGenerator random) {
        this.engine = engine;
        this.forgetting = forgetting;
        this.random = random;
        this.run = randomHex();
    }

    /** A branch that the engine knows from its first participant on. */
    record Begun(Enlistment enlistment, CompletableFuture<Joined> joined) {}

    /**
     * Makes a branch known, together with its first participant.
     *
     * @param owner a text of {@link #randomHex}
     * @param limit after which the undecided branch is cancelled
     */
    Begun begin(XidValue xid, String owner, Duration limit, ParticipantKind kind, String address, String data) {
        CompletableFuture<Joined> joined = engine.startWith(XidCodec.encode(xid), owner, limit, kind, address, data);
        CompletableFuture<TransactionId> recorded =
                joined.thenApply(join -> join.transaction().id());
        CompletableFuture<Transaction> ended = recorded.thenCompose(this::ended);
        forgetAtEnd(ended);
        return new Begun(new Enlistment(owner, recorded, ended), joined);
    }

    /** What is left of a branch that was found in the log. */
    Enlistment restored(Transaction tx) {
        CompletableFuture<Transaction> ended = ended(tx.id());
        forgetAtEnd(ended);
        return new Enlistment(tx.owner(), CompletableFuture.completedFuture(tx.id()), ended);
    }

    /**
     * Completes when the participant, who may act from then on, is durable.
     *
     * @param limit shortens the branch's when it is earlier; null leaves it
     */
    CompletableFuture<Joined> join(
            Enlistment enlistment, ParticipantKind kind, String address, String data, @Nullable Duration limit) {
        return enlistment.recorded().thenCompose(id -> engine.join(id, kind, address, data, Set.of(), limit));
    }

    /** Gives the transaction of a participant that limit, from now, in place of the one that it has; durable. */
    CompletableFuture<Joined> renew(Joined participant, Duration limit) {
        return engine.renew(participant.transaction().id(), limit).thenApply(renewed -> participant);
    }

    CompletableFuture<Transaction> store(Enlistment enlistment, ParticipantId participant, String data) {
        return enlistment.recorded().thenCompose(id -> engine.storeData(id, participant, data));
    }

    /** To be called once for what no branch is told the end of. */
    void dropAtEnd(TransactionId id) {
        forgetAtEnd(ended(id));
    }

    /** A text that nobody can guess and that is never made twice. */
    String randomHex() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A text that is never made twice, also after a restart. */
    String number() {
        return run + "-" + Long.toHexString(numbers.incrementAndGet());
    }

    /**
     * Durable where the transaction manager learns of it, which is of a failure, and where the coordinator of an LRA is a foreign one: that
     * knows nothing of what has ended, and a close that is repeated after a crash would not find out how.
     */
    private CompletableFuture<Transaction> ended(TransactionId id) {
        return engine.ended(id, tx -> tx.state().isFailed() || Forgetting.hasForeignLra(tx));
    }

    private void forgetAtEnd(CompletableFuture<Transaction> ended) {
        var unused = ended.thenAccept(forgetting::begin);
    }
}
