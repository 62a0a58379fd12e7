package io.holdfast.sample.bank;

import jakarta.ejb.EJB;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The customers' limits over HTTP. */
@Path("limits")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class LimitResource {
    @EJB
    private Limits limits;

    @GET
    public String list() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        limits.all().forEach(limit -> list.add(limit.json()));
        return list.build().toString();
    }
}
