package io.holdfast.coordinator.lra;

import io.holdfast.engine.state.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the engine in the words of LRA. Immutable.
 *
 * @param isWaiting whether a participant has not answered yet, or not acknowledged what it is owed
 */
public record Lra(
        LraId id,
        String clientId,
        LraStatus status,
        boolean isWaiting,
        Instant startedAt,
        @Nullable Instant endedAt) {
    public static Lra of(Transaction tx) {
        Origin origin = Origin.parse(tx.origin());
        return new Lra(
                new LraId(origin.base(), tx.id(), origin.parent()),
                origin.clientId(),
                LraStatus.of(tx.state()),
                isWaiting(tx),
                tx.startedAt(),
                tx.endedAt());
    }

    /** Whether a participant has not answered yet, or not acknowledged what it is owed. */
    public static boolean isWaiting(Transaction tx) {
        return LraStatus.of(tx.state()).isEnding() || tx.participants().owed() > 0;
    }
}
