package io.holdfast.sample.bank;

import io.holdfast.sample.common.RefusedException;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Everything that the web page shows, in one answer; a service that is down is part of it and no error. */
@Path("overview")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class OverviewResource {
    private static final int MOST_TRANSFERS = 200;

    @EJB
    private TransferService transfers;

    @EJB
    private Limits limits;

    @EJB
    private Gate gate;

    @Inject
    private Services services;

    @GET
    public String show() {
        JsonArrayBuilder done = Json.createArrayBuilder();
        transfers.newest(MOST_TRANSFERS).forEach(transfer -> done.add(transfer.json()));
        JsonArrayBuilder spending = Json.createArrayBuilder();
        limits.all().forEach(limit -> spending.add(limit.json()));
        return Json.createObjectBuilder()
                .add("account", side(services.accountsForWatching(), "accounts"))
                .add("merchant", side(services.merchantsForWatching(), "merchants"))
                .add("transfers", done)
                .add("limits", spending)
                .add("waiting", Json.createArrayBuilder(gate.waiting()))
                .build()
                .toString();
    }

    private static JsonObject side(Service service, String parties) {
        try {
            return Json.createObjectBuilder()
                    .add("reachable", true)
                    .add(parties, service.list(parties))
                    .add("operations", service.list("operations"))
                    .build();
        } catch (RefusedException e) {
            return Json.createObjectBuilder()
                    .add("reachable", false)
                    .add(parties, Json.createArrayBuilder())
                    .add("operations", Json.createArrayBuilder())
                    .add("error", e.getMessage())
                    .build();
        }
    }
}
