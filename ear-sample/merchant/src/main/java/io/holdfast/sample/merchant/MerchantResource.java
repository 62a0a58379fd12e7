package io.holdfast.sample.merchant;

import io.holdfast.sample.common.Faults;
import io.holdfast.sample.common.RequestBody;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ParticipantStatus;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** The merchants over HTTP, and the service's part in an LRA. */
@Path("merchants")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class MerchantResource {
    @EJB
    private Merchants merchants;

    @Inject
    private Faults faults;

    @GET
    public String list() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        merchants.merchants().forEach(merchant -> list.add(merchant.json()));
        return list.build().toString();
    }

    /** The try. */
    @PUT
    @Path("{id}/credits")
    @Consumes(MediaType.APPLICATION_JSON)
    @LRA(value = LRA.Type.MANDATORY, end = false)
    public String note(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra, @PathParam("id") String id, String text) {
        RequestBody body = RequestBody.parse(text);
        return merchants
                .note(lra, body.id("transfer"), id, body.amount("amount"))
                .json("merchant")
                .toString();
    }

    /** The confirm. */
    @PUT
    @Path("complete")
    @Complete
    public Response complete(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
        return faults.around(() -> answer(merchants.complete(lra), ParticipantStatus.FailedToComplete));
    }

    /** The cancel. */
    @PUT
    @Path("compensate")
    @Compensate
    public Response compensate(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
        return faults.around(() -> answer(merchants.compensate(lra), ParticipantStatus.FailedToCompensate));
    }

    private static Response answer(boolean done, ParticipantStatus failure) {
        return done
                ? Response.ok().build()
                : Response.serverError()
                        .type(MediaType.TEXT_PLAIN_TYPE)
                        .entity(failure.name())
                        .build();
    }
}
