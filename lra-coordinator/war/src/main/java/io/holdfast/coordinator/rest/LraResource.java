package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.Lras;
import io.holdfast.coordinator.Lras.ClosingData;
import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.participant.ParticipantLinks;
import jakarta.json.Json;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** LRAs: start, join, leave, close, cancel, renew, ask; and hold and forget for their owners. */
@Path("/")
public final class LraResource {
    private final Exchange exchange;

    public LraResource(
            @Context ServletContext context,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request request) {
        this.exchange = new Exchange(context, headers, uri, request);
    }

    /**
     * Starts an LRA. The JSON form is answered 200 without a Location, as Narayana does.
     *
     * @param clientId what the caller calls itself
     * @param timeLimit milliseconds after which the LRA is cancelled; 0 for never
     * @param parent the id of the LRA that it is nested in, which some clients encode twice; empty for none
     */
    @POST
    @Path("start")
    public Response start(
            @QueryParam("ClientID") @Nullable String clientId,
            @QueryParam("TimeLimit") @Nullable String timeLimit,
            @QueryParam("ParentLRA") @Nullable String parent) {
        return exchange.answer(() -> {
            Optional<String> owner = exchange.owner();
            String base = exchange.baseUrl();
            String client = Bounds.clientId(clientId);
            Optional<Duration> limit = Bounds.timeLimit(timeLimit);
            CompletableFuture<Lra> lra = parent == null || parent.isBlank()
                    ? exchange.lras().start(base, client, owner, limit)
                    : exchange.lras().startNested(LraId.parentUidIn(parent), base, client, owner, limit);
            return lra.thenApply(started -> started(started, owner));
        });
    }

    private Response started(Lra lra, Optional<String> owner) {
        String id = lra.id().toString();
        ResponseBuilder response = exchange.isJson()
                ? exchange.reply(200, "lraId", id)
                : exchange.reply(201, "lraId", id).location(URI.create(id));
        owner.ifPresent(token -> response.header(Headers.OWNER, token));
        return response.header(Headers.LRA, id).build();
    }

    /**
     * Joins a participant: by a Link header (the body is then the participant's data), or by a body that is a Link value or a URL.
     *
     * @param timeLimit milliseconds; shortens the LRA's limit when it is earlier
     */
    @PUT
    @Path("{id}")
    public Response join(
            @PathParam("id") String id,
            @QueryParam("TimeLimit") @Nullable String timeLimit,
            @Nullable InputStream entity) {
        return exchange.answer(() -> {
            String body = Bounds.body(entity);
            Optional<String> link = exchange.list("Link");
            ParticipantLinks links = link.isPresent() ? ParticipantLinks.parse(link.get()) : linksIn(body);
            if (link.isPresent() && ParticipantLinks.isLink(body)) {
                throw new InvalidInputException("A participant joins by a Link header or by a body, not by both");
            }
            String header = exchange.header(Headers.PARTICIPANT_DATA);
            boolean inBody = link.isPresent() && (header == null || header.isEmpty());
            String data = Bounds.participantData(inBody ? body : header);
            return exchange.lras()
                    .join(LraId.uidIn(id), links, data, Bounds.timeLimit(timeLimit))
                    .thenApply(this::joined);
        });
    }

    private static ParticipantLinks linksIn(String body) {
        if (body.isBlank()) {
            throw new InvalidInputException(
                    "A participant joins by a Link header with rel=compensate or rel=after, or by a body; there is neither");
        }
        return ParticipantLinks.parseBody(body);
    }

    private Response joined(Lras.Enlisted enlisted) {
        String recovery = enlisted.recoveryUrl();
        return exchange.reply(200, "recoveryUrl", recovery)
                .location(URI.create(recovery))
                .header(Headers.RECOVERY, recovery)
                .header(Headers.PARTICIPANT_DATA, enlisted.earlierData())
                .build();
    }

    /** Takes a participant out again; the body is what it joined by. */
    @PUT
    @Path("{id}/remove")
    public Response leave(@PathParam("id") String id, @Nullable InputStream entity) {
        return exchange.answer(() -> exchange.lras()
                .leave(LraId.uidIn(id), linksIn(Bounds.body(entity)))
                .thenApply(lra -> exchange.reply(200, lra.status()).build()));
    }

    /** Closes an LRA; a stranger's close of an owned one ends nothing and is answered Active. */
    @PUT
    @Path("{id}/close")
    public CompletionStage<Response> close(@PathParam("id") String id) {
        return exchange.answerLater(() -> exchange.lras()
                .close(LraId.uidIn(id), exchange.owner(), closingData())
                .thenApply(this::ended));
    }

    @PUT
    @Path("{id}/cancel")
    public CompletionStage<Response> cancel(@PathParam("id") String id) {
        return exchange.answerLater(() -> exchange.lras()
                .cancel(LraId.uidIn(id), exchange.owner(), closingData())
                .thenApply(this::ended));
    }

    private Optional<ClosingData> closingData() {
        String data = Bounds.participantData(exchange.header(Headers.PARTICIPANT_DATA));
        Optional<String> link = exchange.list(Headers.PARTICIPANT_LINK);
        return data.isEmpty()
                ? Optional.empty()
                : link.map(text -> new ClosingData(ParticipantLinks.parse(text), data));
    }

    private Response ended(Lra lra) {
        boolean accepted = lra.status().isEnding() && exchange.knowsAccepted();
        return accepted
                ? exchange.reply(202, lra.status())
                        .location(URI.create(lra.id().address() + "/status"))
                        .build()
                : exchange.reply(200, lra.status()).build();
    }

    /** @param timeLimit milliseconds from now; 0 for none */
    @PUT
    @Path("{id}/renew")
    public Response renew(@PathParam("id") String id, @QueryParam("TimeLimit") @Nullable String timeLimit) {
        return exchange.answer(() -> exchange.lras()
                .renew(LraId.uidIn(id), Bounds.timeLimit(timeLimit))
                .thenApply(lra ->
                        exchange.reply(200, "lraId", lra.id().uid().value()).build()));
    }

    /** From now on only the owner ends the LRA. */
    @PUT
    @Path("{id}/hold")
    public Response hold(@PathParam("id") String id) {
        return exchange.answer(() ->
                withToken(owner -> exchange.lras().hold(LraId.uidIn(id), owner).thenApply(LraResource::held)));
    }

    private static Response held(Lras.Held held) {
        return LraJson.json(Json.createObjectBuilder()
                        .add("participants", held.participants())
                        .add("listeners", held.listeners())
                        .add("nested", held.nested())
                        .build()
                        .toString())
                .build();
    }

    /** Ends the retention of an LRA that has ended. */
    @PUT
    @Path("{id}/forget")
    public Response forget(@PathParam("id") String id) {
        return exchange.answer(() -> withToken(owner -> exchange.lras()
                .forget(LraId.uidIn(id), owner)
                .thenApply(lra -> exchange.reply(200, lra.status()).build())));
    }

    private CompletableFuture<Response> withToken(Function<String, CompletableFuture<Response>> work) {
        return exchange.owner()
                .map(work)
                .orElseGet(() -> CompletableFuture.completedFuture(
                        exchange.reply(403, "error", "Only the owner may do that: " + Headers.OWNER + " is missing")
                                .build()));
    }

    @GET
    @Path("{id}/status")
    public Response status(@PathParam("id") String id) {
        return exchange.answer(
                () -> exchange.lras().find(LraId.uidIn(id)).thenApply(lra -> exchange.reply(200, lra.status())
                        .build()));
    }

    @GET
    @Path("{id}")
    public Response find(@PathParam("id") String id) {
        return exchange.answer(() -> exchange.lras().find(LraId.uidIn(id)).thenApply(LraJson::one));
    }

    /** @param status one of the specification's statuses; empty for all */
    @GET
    public Response list(@QueryParam("Status") @Nullable String status) {
        return exchange.answer(() -> {
            Optional<LraStatus> wanted = LraStatus.parse(status == null ? "" : status);
            return exchange.lras()
                    .list(each -> wanted.isEmpty() || wanted.get() == each)
                    .thenApply(LraJson::all);
        });
    }
}
