package io.holdfast.scenarios.context;

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
import org.jspecify.annotations.Nullable;

/** A participant that tells with which LRA it was called. */
@Path("rooms")
@ApplicationScoped
@Produces(MediaType.TEXT_PLAIN)
public class Rooms {
    static final String NO_LRA = "no LRA";

    private final List<String> told = new CopyOnWriteArrayList<>();

    @PUT
    @LRA(value = LRA.Type.SUPPORTS, end = false)
    public String book(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable URI lra) {
        return lra == null ? NO_LRA : lra.toString();
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
