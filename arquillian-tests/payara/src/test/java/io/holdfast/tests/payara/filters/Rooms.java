package io.holdfast.tests.payara.filters;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** A participant with plain callbacks. */
@Path("rooms")
@ApplicationScoped
@Produces(MediaType.TEXT_PLAIN)
public class Rooms {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @PUT
    @LRA(value = LRA.Type.MANDATORY, end = false)
    public String book(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra) {
        return lra.toString();
    }

    @Complete
    public void confirm(URI lra) {
        told.add("complete " + lra);
    }

    @Compensate
    public void release(URI lra) {
        told.add("compensate " + lra);
    }

    @GET
    public String told() {
        return String.join("\n", told);
    }
}
