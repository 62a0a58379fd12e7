package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.engine.state.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Nested LRAs in the role of participants, as Narayana's coordinator has them: the answers are participant statuses. Ours tells nested
 * ones without these; who calls them has no more rights than by close and cancel.
 */
final class NestedRequests {
    private NestedRequests() {}

    static CompletableFuture<Reply> status(Exchange exchange) {
        return exchange.lras().find(lra(exchange)).thenApply(lra -> asParticipant(exchange, lra));
    }

    /** Its id, a URL, whose slashes some clients do not encode. */
    private static TransactionId lra(Exchange exchange) {
        List<String> path = exchange.path();
        return LraId.uidIn(String.join("/", path.subList(1, path.size() - 1)));
    }

    static CompletableFuture<Reply> complete(Exchange exchange) {
        return exchange.lras()
                .close(lra(exchange), exchange.owner(), Optional.empty())
                .thenApply(lra -> asParticipant(exchange, lra));
    }

    static CompletableFuture<Reply> compensate(Exchange exchange) {
        return exchange.lras()
                .cancel(lra(exchange), exchange.owner(), Optional.empty())
                .thenApply(lra -> asParticipant(exchange, lra));
    }

    /** Nothing depends on it: what has ended is dropped when the LRA around it has ended and the retention time is over. */
    static CompletableFuture<Reply> forget(Exchange exchange) {
        return exchange.lras().find(lra(exchange)).thenApply(lra -> {
            boolean ended = lra.status() != LraStatus.ACTIVE && !lra.status().isEnding();
            return exchange.reply(ended ? 200 : 412, "status", lra.status().participantWord());
        });
    }

    private static Reply asParticipant(Exchange exchange, Lra lra) {
        return exchange.reply(200, "status", lra.status().participantWord());
    }
}
