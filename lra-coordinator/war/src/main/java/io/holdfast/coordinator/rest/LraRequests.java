package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.Lras;
import io.holdfast.coordinator.Lras.ClosingData;
import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.participant.ParticipantLinks;
import io.holdfast.coordinator.rest.Reply.Header;
import io.holdfast.engine.state.TransactionId;
import jakarta.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** LRAs: start, join, leave, close, cancel, renew, ask; and hold and forget for their owners. */
final class LraRequests {
    private static final String TIME_LIMIT = "TimeLimit";

    private LraRequests() {}

    /**
     * Starts an LRA: {@code ClientID}, what the caller calls itself; {@code TimeLimit} in milliseconds, 0 for none; {@code ParentLRA}, the
     * id of the LRA that it is nested in, which some clients encode twice. The JSON form is answered 200 without a Location, as
     * Narayana does.
     */
    static CompletableFuture<Reply> start(Exchange exchange) {
        Optional<String> owner = exchange.owner();
        String base = exchange.baseUrl();
        String client = Bounds.clientId(exchange.query("ClientID"));
        Optional<Duration> limit = timeLimit(exchange);
        String parent = exchange.query("ParentLRA");
        CompletableFuture<Lra> lra = parent == null || parent.isBlank()
                ? exchange.lras().start(base, client, owner, limit)
                : exchange.lras().startNested(LraId.parentUidIn(parent), base, client, owner, limit);
        return lra.thenApply(started -> started(exchange, started, owner));
    }

    private static Optional<Duration> timeLimit(Exchange exchange) {
        return Bounds.timeLimit(exchange.query(TIME_LIMIT));
    }

    private static Reply started(Exchange exchange, Lra lra, Optional<String> owner) {
        String id = lra.id().toString();
        Reply reply = exchange.isJson()
                ? exchange.reply(200, "lraId", id).with(Headers.LRA, id)
                : exchange.reply(201, "lraId", id).with(new Header("Location", id), new Header(Headers.LRA, id));
        return owner.map(token -> reply.with(Headers.OWNER, token)).orElse(reply);
    }

    /**
     * Joins a participant: by a Link header (the body is then the participant's data), or by a body that is a Link value or a URL.
     * {@code TimeLimit} shortens the LRA's limit when it is earlier.
     */
    static CompletableFuture<Reply> join(Exchange exchange) {
        String body = exchange.body();
        Optional<String> link = exchange.list("Link");
        ParticipantLinks links = link.isPresent() ? ParticipantLinks.parse(link.get()) : linksIn(body);
        if (link.isPresent() && ParticipantLinks.isLink(body)) {
            throw new InvalidInputException("A participant joins by a Link header or by a body, not by both");
        }
        String header = exchange.header(Headers.PARTICIPANT_DATA);
        boolean inBody = link.isPresent() && (header == null || header.isEmpty());
        String data = Bounds.participantData(inBody ? body : header);
        return exchange.lras()
                .join(lra(exchange), links, data, timeLimit(exchange))
                .thenApply(enlisted -> joined(exchange, enlisted));
    }

    private static TransactionId lra(Exchange exchange) {
        return LraId.uidIn(exchange.path().get(0));
    }

    private static ParticipantLinks linksIn(String body) {
        if (body.isBlank()) {
            throw new InvalidInputException(
                    "A participant joins by a Link header with rel=compensate or rel=after, or by a body; there is neither");
        }
        return ParticipantLinks.parseBody(body);
    }

    private static Reply joined(Exchange exchange, Lras.Enlisted enlisted) {
        String recovery = enlisted.recoveryUrl();
        return exchange.reply(200, "recoveryUrl", recovery)
                .with(
                        new Header("Location", recovery),
                        new Header(Headers.RECOVERY, recovery),
                        new Header(Headers.PARTICIPANT_DATA, enlisted.earlierData()));
    }

    /** Takes a participant out again; the body is what it joined by. */
    static CompletableFuture<Reply> leave(Exchange exchange) {
        return exchange.lras()
                .leave(lra(exchange), linksIn(exchange.body()))
                .thenApply(lra -> exchange.reply(200, lra.status()));
    }

    /** Closes an LRA; a stranger's close of an owned one ends nothing and is answered Active. */
    static CompletableFuture<Reply> close(Exchange exchange) {
        return exchange.lras()
                .close(lra(exchange), exchange.owner(), closingData(exchange))
                .thenApply(lra -> ended(exchange, lra));
    }

    static CompletableFuture<Reply> cancel(Exchange exchange) {
        return exchange.lras()
                .cancel(lra(exchange), exchange.owner(), closingData(exchange))
                .thenApply(lra -> ended(exchange, lra));
    }

    private static Optional<ClosingData> closingData(Exchange exchange) {
        String data = Bounds.participantData(exchange.header(Headers.PARTICIPANT_DATA));
        return data.isEmpty()
                ? Optional.empty()
                : exchange.list(Headers.PARTICIPANT_LINK)
                        .map(text -> new ClosingData(ParticipantLinks.parse(text), data));
    }

    private static Reply ended(Exchange exchange, Lra lra) {
        boolean accepted = lra.status().isEnding() && exchange.knowsAccepted();
        return accepted
                ? exchange.reply(202, lra.status()).with("Location", lra.id().address() + "/status")
                : exchange.reply(200, lra.status());
    }

    /** {@code TimeLimit} counts from now; 0 for none. */
    static CompletableFuture<Reply> renew(Exchange exchange) {
        return exchange.lras()
                .renew(lra(exchange), timeLimit(exchange))
                .thenApply(lra -> exchange.reply(200, "lraId", lra.id().uid().value()));
    }

    /** From now on only the owner ends the LRA. */
    static CompletableFuture<Reply> hold(Exchange exchange) {
        return withToken(
                exchange, owner -> exchange.lras().hold(lra(exchange), owner).thenApply(LraRequests::held));
    }

    private static Reply held(Lras.Held held) {
        return Reply.json(
                200,
                Json.createObjectBuilder()
                        .add("participants", held.participants())
                        .add("listeners", held.listeners())
                        .add("nested", held.nested())
                        .build()
                        .toString());
    }

    /** Ends the retention of an LRA that has ended. */
    static CompletableFuture<Reply> forget(Exchange exchange) {
        return withToken(exchange, owner -> exchange.lras()
                .forget(lra(exchange), owner)
                .thenApply(lra -> exchange.reply(200, lra.status())));
    }

    private static CompletableFuture<Reply> withToken(
            Exchange exchange, Function<String, CompletableFuture<Reply>> work) {
        return exchange.owner()
                .map(work)
                .orElseGet(() -> CompletableFuture.completedFuture(
                        exchange.reply(403, "error", "Only the owner may do that: " + Headers.OWNER + " is missing")));
    }

    static CompletableFuture<Reply> status(Exchange exchange) {
        return exchange.lras().find(lra(exchange)).thenApply(lra -> exchange.reply(200, lra.status()));
    }

    static CompletableFuture<Reply> find(Exchange exchange) {
        return exchange.lras().find(lra(exchange)).thenApply(LraJson::one);
    }

    /** {@code Status} is one of the specification's statuses; empty for all. */
    static CompletableFuture<Reply> list(Exchange exchange) {
        String status = exchange.query("Status");
        Optional<LraStatus> wanted = LraStatus.parse(status == null ? "" : status);
        return exchange.lras()
                .list(each -> wanted.isEmpty() || wanted.get() == each)
                .thenApply(LraJson::all);
    }
}
