package io.holdfast.tests.wildfly.remote;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** Calls the bean of the other application. */
@Path("desk")
@Produces(MediaType.TEXT_PLAIN)
public class DeskCalls {
    /** Both LRAs, the own one and the one that the bean was in, or why it refused. */
    @POST
    @LRA(LRA.Type.REQUIRES_NEW)
    public String inLra(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra) throws NamingException {
        return lra + " " + without();
    }

    /** Why the bean refuses a call without an LRA. */
    @POST
    @Path("without")
    @LRA(LRA.Type.NOT_SUPPORTED)
    public String without() throws NamingException {
        try {
            return desk().book();
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.toString();
        }
    }

    @GET
    public String told() throws NamingException {
        return desk().told();
    }

    @SuppressWarnings("BanJNDI") // A name of its own.
    private static Desk desk() throws NamingException {
        return InitialContext.doLookup("ejb:/called/DeskBean!" + Desk.class.getName());
    }

    /** Whoever runs in an LRA has to be told of its end. */
    @PUT
    @Path("ended")
    @AfterLRA
    public Response ended(@HeaderParam(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER) URI lra, LRAStatus status) {
        return Response.ok().build();
    }
}
