package io.holdfast.sample.store;

import io.holdfast.sample.bank.Outcome;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The store over HTTP. An order that was refused is undone in the background; its steps tell how far that is. */
@Path("store")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class StoreResource {
    private static final int MOST_STEPS = 400;

    @EJB
    private Fulfilment fulfilment;

    @Inject
    private StoreBook book;

    /** What became of it is asked for at the answer's location: a question here could fail an order that was fulfilled. */
    @POST
    @Path("orders")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response order(String text) {
        StoreOrder order = StoreOrder.parse(text);
        try {
            fulfilment.fulfil(order);
        } catch (EJBException e) {
            throw Outcome.of(e);
        }
        return Response.created(URI.create("store/orders/" + order.id()))
                .entity(Json.createObjectBuilder().add("id", order.id()).build().toString())
                .build();
    }

    private List<Step> steps(String order) {
        return book.ask(tables -> tables.steps(order));
    }

    @GET
    @Path("orders/{id}")
    public String show(@PathParam("id") String id) {
        List<Step> steps = steps(RequestBody.id("id", id));
        if (steps.isEmpty()) {
            throw new RefusedException(Reason.UNKNOWN, "There is no order '" + id + "'");
        }
        return json(id, steps).build().toString();
    }

    /** The stock, and the newest orders with their steps, the newest first. */
    @GET
    public String overview() {
        JsonObjectBuilder stock = Json.createObjectBuilder();
        book.ask(StoreTables::stock).forEach(stock::add);
        Map<String, List<Step>> byOrder = new LinkedHashMap<>();
        book.ask(tables -> tables.newest(MOST_STEPS))
                .forEach(step -> byOrder.computeIfAbsent(step.order(), any -> new ArrayList<>())
                        .add(step));
        JsonArrayBuilder newest = Json.createArrayBuilder();
        byOrder.forEach((id, steps) -> newest.add(0, json(id, steps)));
        return Json.createObjectBuilder()
                .add("stock", stock)
                .add("orders", newest)
                .build()
                .toString();
    }

    private static JsonObjectBuilder json(String id, List<Step> steps) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        steps.forEach(step -> list.add(step.json()));
        return Json.createObjectBuilder().add("id", id).add("steps", list);
    }
}
