package io.holdfast.tests.adapter.use;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** A service as it is written by those who know nothing of its callers' transactions: its methods end the LRA that they run in. */
@Path("hotel")
@ApplicationScoped
@Produces(MediaType.TEXT_PLAIN)
public class Hotel {
    @Inject
    private Journal journal;

    /** In the caller's LRA. */
    @POST
    @Path("plain")
    @LRA
    public String book(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra, @QueryParam("key") String key) {
        journal.begin(key, lra);
        return lra.toString();
    }

    /** In an LRA below the caller's. */
    @POST
    @Path("nested")
    @LRA(LRA.Type.NESTED)
    public String bookBelow(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra, @QueryParam("key") String key) {
        journal.begin(key, lra);
        return lra.toString();
    }

    @Complete
    public void complete(URI lra) {
        journal.told(lra, "complete");
    }

    @Compensate
    public void compensate(URI lra) {
        journal.told(lra, "compensate");
    }
}
