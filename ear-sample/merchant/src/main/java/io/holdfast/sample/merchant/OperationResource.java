package io.holdfast.sample.merchant;

import jakarta.ejb.EJB;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What was done to the merchants, the newest first. */
@Path("operations")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class OperationResource {
    private static final int MOST = 1000;

    @EJB
    private Merchants merchants;

    @GET
    public String list() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        merchants.newestOperations(MOST).forEach(operation -> list.add(operation.json("merchant")));
        return list.build().toString();
    }
}
