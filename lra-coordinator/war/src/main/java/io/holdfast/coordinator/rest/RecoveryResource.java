package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.participant.ParticipantLinks;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** LRAs whose participants have not all answered, and where participants are called. */
@Path("recovery")
public final class RecoveryResource {
    private final Exchange exchange;

    public RecoveryResource(
            @Context ServletContext context,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request request) {
        this.exchange = new Exchange(context, headers, uri, request);
    }

    /** Calls every participant that has not answered now, and lists the LRAs that wait for one. */
    @GET
    public Response recover() {
        return exchange.answer(() -> exchange.lras().recover().thenApply(LraJson::all));
    }

    @GET
    @Path("failed")
    public Response failed() {
        return exchange.answer(() -> exchange.lras().list(LraStatus::isFailed).thenApply(LraJson::all));
    }

    /** A person has looked at a failed LRA; it is dropped. Any other is answered 412 with its status. */
    @DELETE
    @Path("{id}")
    public Response resolve(@PathParam("id") String id) {
        return exchange.answer(() -> exchange.lras()
                .resolve(LraId.uidIn(id))
                .thenApply(lra ->
                        (lra.status().isFailed() ? Response.noContent() : exchange.reply(412, lra.status())).build()));
    }

    /** The Link that the participant is called by. */
    @GET
    @Path("{id}/{participant}")
    public Response participant(@PathParam("id") String id, @PathParam("participant") String participant) {
        return exchange.answer(() -> exchange.lras()
                .participant(LraId.uidIn(id), LraId.participantIn(participant))
                .thenApply(
                        links -> exchange.reply(200, "link", links.toString()).build()));
    }

    /**
     * The participant has moved; the body is a Link value, or a URL below which its callbacks are. Answered 412 once it has been told
     * everything, 409 when another participant of the LRA is there.
     */
    @PUT
    @Path("{id}/{participant}")
    public Response relocate(
            @PathParam("id") String id, @PathParam("participant") String participant, @Nullable InputStream entity) {
        return exchange.answer(() -> {
            ParticipantLinks links = ParticipantLinks.parseBody(Bounds.body(entity));
            return exchange.lras()
                    .relocate(LraId.uidIn(id), LraId.participantIn(participant), links)
                    .thenApply(
                            lra -> exchange.reply(200, "link", links.toString()).build());
        });
    }
}
