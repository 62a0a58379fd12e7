package io.holdfast.sample.bank;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The bank's transfers over HTTP. */
@Path("transfers")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class TransferResource {
    private static final int MOST = 1000;

    @EJB
    private TransferService transfers;

    @EJB
    private Gate gate;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response transfer(String text) {
        TransferOrder order = TransferOrder.parse(text);
        try {
            return Response.status(Response.Status.CREATED)
                    .entity(transfers.transfer(order).json().build().toString())
                    .build();
        } catch (EJBException e) {
            throw Outcome.of(e);
        }
    }

    /** Lets a transfer go on that was told to wait. */
    @POST
    @Path("{id}/go")
    public String go(@PathParam("id") String id) {
        if (!gate.go(RequestBody.id("id", id))) {
            throw new RefusedException(Reason.UNKNOWN, "No transfer " + id + " is waiting");
        }
        return Json.createObjectBuilder().add("id", id).build().toString();
    }

    @GET
    public String list() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        transfers.newest(MOST).forEach(transfer -> list.add(transfer.json()));
        return list.build().toString();
    }

    @GET
    @Path("{id}")
    public String show(@PathParam("id") String id) {
        return transfers
                .find(RequestBody.id("id", id))
                .map(transfer -> transfer.json().build().toString())
                .orElseThrow(() -> new RefusedException(Reason.UNKNOWN, "There is no transfer '" + id + "'"));
    }
}
