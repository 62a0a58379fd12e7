package io.holdfast.sample.account;

import io.holdfast.sample.common.Faults;
import io.holdfast.sample.common.RequestBody;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

/** The accounts over HTTP, and the service's part in an LRA. */
@Path("accounts")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class AccountResource {
    @EJB
    private Accounts accounts;

    @Inject
    private Faults faults;

    @GET
    public String list() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        accounts.accounts().forEach(account -> list.add(account.json()));
        return list.build().toString();
    }

    /** The try. */
    @PUT
    @Path("{id}/freeze")
    @Consumes(MediaType.APPLICATION_JSON)
    @LRA(value = LRA.Type.MANDATORY, end = false)
    public String freeze(
            @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra, @PathParam("id") String id, String text) {
        RequestBody body = RequestBody.parse(text);
        return accounts.freeze(lra, body.id("transfer"), id, body.amount("amount"))
                .json("account")
                .toString();
    }

    /** The confirm. */
    @PUT
    @Path("complete")
    @Complete
    public Response complete(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
        return faults.around(() -> answer(accounts.complete(lra), ParticipantStatus.FailedToComplete));
    }

    /** The cancel. */
    @PUT
    @Path("compensate")
    @Compensate
    public Response compensate(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
        return faults.around(() -> answer(accounts.compensate(lra), ParticipantStatus.FailedToCompensate));
    }

    private static Response answer(boolean done, ParticipantStatus failure) {
        return done
                ? Response.ok().build()
                : Response.serverError()
                        .type(MediaType.TEXT_PLAIN_TYPE)
                        .entity(failure.name())
                        .build();
    }

    /** Cash, outside any transfer. */
    @POST
    @Path("{id}/deposits")
    @Consumes(MediaType.APPLICATION_JSON)
    public String deposit(@PathParam("id") String id, String text) {
        return accounts.deposit(id, RequestBody.parse(text).amount("amount"))
                .json()
                .toString();
    }
}
