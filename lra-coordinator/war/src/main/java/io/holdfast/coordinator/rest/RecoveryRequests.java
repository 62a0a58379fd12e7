package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.participant.ParticipantLinks;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import java.util.concurrent.CompletableFuture;

/** LRAs whose participants have not all answered, and where participants are called. */
final class RecoveryRequests {
    private RecoveryRequests() {}

    /** Calls every participant that has not answered now, and lists the LRAs that wait for one. */
    static CompletableFuture<Reply> recover(Exchange exchange) {
        return exchange.lras().recover().thenApply(LraJson::all);
    }

    static CompletableFuture<Reply> failed(Exchange exchange) {
        return exchange.lras().list(LraStatus::isFailed).thenApply(LraJson::all);
    }

    /** A person has looked at a failed LRA; it is dropped. Any other is answered 412 with its status. */
    static CompletableFuture<Reply> resolve(Exchange exchange) {
        return exchange.lras()
                .resolve(lra(exchange))
                .thenApply(lra -> lra.status().isFailed() ? Reply.noContent() : exchange.reply(412, lra.status()));
    }

    private static TransactionId lra(Exchange exchange) {
        return LraId.uidIn(exchange.path().get(1));
    }

    private static ParticipantId participantOf(Exchange exchange) {
        return LraId.participantIn(exchange.path().get(2));
    }

    /** The Link that the participant is called by. */
    static CompletableFuture<Reply> participant(Exchange exchange) {
        return exchange.lras()
                .participant(lra(exchange), participantOf(exchange))
                .thenApply(links -> exchange.reply(200, "link", links.toString()));
    }

    /**
     * The participant has moved; the body is a Link value, or a URL below which its callbacks are. Answered 412 once it has been told
     * everything, 409 when another participant of the LRA is there.
     */
    static CompletableFuture<Reply> relocate(Exchange exchange) {
        ParticipantLinks links = ParticipantLinks.parseBody(exchange.body());
        return exchange.lras()
                .relocate(lra(exchange), participantOf(exchange), links)
                .thenApply(lra -> exchange.reply(200, "link", links.toString()));
    }
}
