package io.holdfast.tests.dubbo;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** Calls a hotel of another application. */
@Path("agency")
@Produces(MediaType.TEXT_PLAIN)
public class Agency {
    private static final int TIMEOUT_MS = 20_000;

    /** Both LRAs, the own one and the one that the hotel was in, or why it refused. */
    @POST
    @LRA(LRA.Type.REQUIRES_NEW)
    public String book(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra, @QueryParam("hotel") String hotel) {
        return lra + " " + bookWithout(hotel);
    }

    /** Why the hotel refuses a call without an LRA. */
    @POST
    @Path("without")
    public String bookWithout(@QueryParam("hotel") String hotel) {
        try {
            return bookAt(hotel);
        } catch (RuntimeException refused) {
            // Dubbo makes one of those that the caller may not know.
            return String.valueOf(refused.getMessage());
        }
    }

    private static String bookAt(String hotel) {
        ReferenceConfig<Hotel> reference = new ReferenceConfig<>();
        reference.setInterface(Hotel.class);
        reference.setTimeout(TIMEOUT_MS);
        reference.setUrl(hotel);
        DubboBootstrap bootstrap = Dubbo.application("agency").reference(reference);
        bootstrap.start();
        try {
            return reference.get().book();
        } finally {
            bootstrap.destroy();
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
