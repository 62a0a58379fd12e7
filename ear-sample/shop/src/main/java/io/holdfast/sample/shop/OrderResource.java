package io.holdfast.sample.shop;

import io.holdfast.api.HoldfastException;
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
import org.jspecify.annotations.Nullable;

/** The shop over HTTP; {@code mode} is {@code xa} or {@code outbox}. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class OrderResource {
    private static final int MOST = 1000;

    @EJB
    private OrderDesk orders;

    @EJB
    private AccountDesk accounts;

    @EJB
    private DeadLetters deadLetters;

    /** 201, or 200 with the state of today for an order that is there already. */
    @POST
    @Path("orders")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response place(String text) {
        OrderRequest request = OrderRequest.parse(text);
        boolean there = orders.find(request.mode(), request.id()).isPresent();
        try {
            return Response.status(there ? Response.Status.OK : Response.Status.CREATED)
                    .entity(json(request, orders.place(request)))
                    .build();
        } catch (EJBException e) {
            throw refused(e);
        }
    }

    private static String json(OrderRequest request, OrderDesk.Placed placed) {
        return placed.order()
                .json(request.mode())
                .add("notification", placed.notification())
                .build()
                .toString();
    }

    /** Sends the order's message once more, as after a lost answer. */
    @POST
    @Path("{mode}/orders/{id}/again")
    public String sendAgain(@PathParam("mode") String mode, @PathParam("id") String id) {
        try {
            return orders.sendAgain(Mode.parse(mode), RequestBody.id("id", id))
                    .json(Mode.parse(mode))
                    .build()
                    .toString();
        } catch (EJBException e) {
            throw refused(e);
        }
    }

    @GET
    @Path("{mode}/orders/{id}")
    public String show(@PathParam("mode") String mode, @PathParam("id") String id) {
        return orders.find(Mode.parse(mode), RequestBody.id("id", id))
                .map(order -> order.json(Mode.parse(mode)).build().toString())
                .orElseThrow(() -> new RefusedException(Reason.UNKNOWN, "There is no order '" + id + "'"));
    }

    /** What the receiver at the queue {@code java:global/jms/shopNews} was told of the order. */
    @GET
    @Path("news/{id}")
    public String news(@PathParam("id") String id) {
        return Json.createArrayBuilder(orders.news(RequestBody.id("id", id)))
                .build()
                .toString();
    }

    /** All that the web page shows. */
    @GET
    @Path("overview")
    public String overview() {
        JsonArrayBuilder placed = Json.createArrayBuilder();
        JsonArrayBuilder known = Json.createArrayBuilder();
        for (Mode mode : Mode.values()) {
            orders.newest(mode, MOST).forEach(order -> placed.add(order.json(mode)));
            accounts.accounts(mode).forEach(account -> known.add(account.json(mode)));
        }
        return Json.createObjectBuilder()
                .add("orders", placed)
                .add("accounts", known)
                .add("deadLetters", deadLetters.count())
                .build()
                .toString();
    }

    private static RefusedException refused(EJBException thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HoldfastException holdfast) {
                return new RefusedException(Reason.UNAVAILABLE, "Rolled back: " + holdfast.getMessage(), thrown);
            }
        }
        return new RefusedException(Reason.UNCLEAR, "Nobody knows what was done: " + thrown, thrown);
    }
}
