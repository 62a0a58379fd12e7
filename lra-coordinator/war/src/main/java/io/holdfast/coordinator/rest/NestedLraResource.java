package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Nested LRAs in the role of participants, as Narayana's coordinator has them: the answers are participant statuses. Ours tells nested
 * ones without these; who calls them has no more rights than by close and cancel.
 */
@Path("nested/{id: .+}")
public final class NestedLraResource {
    private final Exchange exchange;

    public NestedLraResource(
            @Context ServletContext context,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context Request request) {
        this.exchange = new Exchange(context, headers, uri, request);
    }

    @GET
    @Path("status")
    public Response status(@PathParam("id") String id) {
        return exchange.answer(() -> exchange.lras().find(LraId.uidIn(id)).thenApply(this::asParticipant));
    }

    @PUT
    @Path("complete")
    public CompletionStage<Response> complete(@PathParam("id") String id) {
        return exchange.answerLater(() -> exchange.lras()
                .close(LraId.uidIn(id), exchange.owner(), Optional.empty())
                .thenApply(this::asParticipant));
    }

    @PUT
    @Path("compensate")
    public CompletionStage<Response> compensate(@PathParam("id") String id) {
        return exchange.answerLater(() -> exchange.lras()
                .cancel(LraId.uidIn(id), exchange.owner(), Optional.empty())
                .thenApply(this::asParticipant));
    }

    /** Nothing depends on it: what has ended is dropped when the LRA around it has ended and the retention time is over. */
    @PUT
    @Path("forget")
    public Response forget(@PathParam("id") String id) {
        return exchange.answer(() -> exchange.lras().find(LraId.uidIn(id)).thenApply(lra -> {
            boolean ended = lra.status() != LraStatus.ACTIVE && !lra.status().isEnding();
            return exchange.reply(ended ? 200 : 412, "status", lra.status().participantWord())
                    .build();
        }));
    }

    private Response asParticipant(Lra lra) {
        return exchange.reply(200, "status", lra.status().participantWord()).build();
    }
}
