package io.holdfast.scenarios.context;

import jakarta.ejb.EJB;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** Calls the other application in an LRA, or in a global transaction. */
@Path("calls")
@Produces(MediaType.TEXT_PLAIN)
@SuppressWarnings("NullAway.Init")
public class Calls {
    @EJB
    private Caller caller;

    @EJB
    private GlobalCaller globalCaller;

    /** Both LRAs, the own one and the one that arrived. */
    @POST
    @Path("lra/{way}")
    @LRA(LRA.Type.REQUIRES_NEW)
    public String inLra(
            @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra,
            @PathParam("way") Way way,
            @QueryParam("rooms") URI rooms)
            throws Exception {
        return lra + " " + caller.book(way, rooms);
    }

    /** The LRA that arrived. */
    @POST
    @Path("global/{way}")
    public String inTransaction(@PathParam("way") Way way, @QueryParam("rooms") URI rooms) throws Exception {
        return globalCaller.book(way, rooms);
    }

    /** The own LRA, and the one that arrived, of a global transaction that is nested in it. */
    @POST
    @Path("nested/{way}")
    @LRA(LRA.Type.REQUIRES_NEW)
    public String inNestedTransaction(
            @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra,
            @PathParam("way") Way way,
            @QueryParam("rooms") URI rooms)
            throws Exception {
        return lra + " " + globalCaller.bookNested(way, rooms);
    }

    /** The same, and the own LRA is cancelled. */
    @POST
    @Path("regretted/{way}")
    @LRA(value = LRA.Type.REQUIRES_NEW, cancelOn = Response.Status.ACCEPTED)
    public Response inRegrettedTransaction(
            @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra,
            @PathParam("way") Way way,
            @QueryParam("rooms") URI rooms)
            throws Exception {
        return Response.accepted(inNestedTransaction(lra, way, rooms)).build();
    }

    /** Whoever runs in an LRA has to be told of its end. */
    @PUT
    @Path("ended")
    @AfterLRA
    public Response ended(@HeaderParam(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER) URI lra, LRAStatus status) {
        return Response.ok().build();
    }
}
