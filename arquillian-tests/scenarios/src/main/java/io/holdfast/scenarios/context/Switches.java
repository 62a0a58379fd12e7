package io.holdfast.scenarios.context;

import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Lets a test switch what calls carry, for the whole server, as its administrator does by system properties. */
@Path("switches")
public class Switches {
    /** @param state {@code true} or {@code false} */
    @PUT
    @Path("{wire}/{state}")
    public void set(@PathParam("wire") String wire, @PathParam("state") String state) {
        System.setProperty("holdfast.propagation." + wire, state);
    }
}
