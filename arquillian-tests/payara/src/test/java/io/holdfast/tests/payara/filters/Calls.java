package io.holdfast.tests.payara.filters;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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

/** Calls a service in an LRA, or in a global transaction. */
@Path("calls")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class Calls {
    @Inject
    private Clients clients;

    @Inject
    private GlobalCaller caller;

    /** Both LRAs, the own one and the one that arrived. */
    @POST
    @Path("lra/{client}")
    @LRA(LRA.Type.REQUIRES_NEW)
    public String inLra(
            @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra,
            @PathParam("client") String client,
            @QueryParam("service") URI service) {
        return lra + " " + clients.call(client, service);
    }

    /** The LRA that arrived, or why there is none. */
    @POST
    @Path("global/{client}")
    public String inTransaction(@PathParam("client") String client, @QueryParam("service") URI service) {
        try {
            return caller.call(client, service);
        } catch (EJBException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.toString();
        }
    }

    /** Whoever runs in an LRA has to be told of its end. */
    @PUT
    @Path("ended")
    @AfterLRA
    public Response ended(@HeaderParam(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER) URI lra, LRAStatus status) {
        return Response.ok().build();
    }
}
