package io.holdfast.scenarios.context;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** The methods of {@link Rooms} for a MicroProfile REST client. Without a {@code @Path}, by which servers would take it for a resource. */
@Consumes(MediaType.TEXT_PLAIN)
@Produces(MediaType.TEXT_PLAIN)
public interface RoomsClient {
    @PUT
    String book(String nothing);

    /** On another thread. */
    @PUT
    CompletionStage<String> bookLater(String nothing);
}
