package io.holdfast.coordinator.lra;

import io.holdfast.engine.state.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A transaction of the engine in the words of LRA. Immutable. */
public record Lra(
        LraId id,
        String clientId,
        LraStatus status,
        Instant startedAt,
        @Nullable Instant endedAt) {
    public static Lra of(Transaction tx) {
        Origin origin = Origin.parse(tx.origin());
        return new Lra(
                new LraId(origin.base(), tx.id()),
                origin.clientId(),
                LraStatus.of(tx.state()),
                tx.startedAt(),
                tx.endedAt());
    }
}
