package io.holdfast.sample.counter;

import io.holdfast.sample.bank.Outcome;
import io.holdfast.sample.common.Database.DatabaseException;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The counter over HTTP. What has to be done after the answer is done in the background; a payment's steps tell how far that is. */
@Path("counter")
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init")
public class CounterResource {
    @EJB
    private Teller teller;

    @EJB
    private CounterView view;

    @Inject
    private CounterBook book;

    /** What became of it is asked for at the answer's location: a question here could fail a payment that was made. */
    @POST
    @Path("payments")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response pay(String text) {
        PaymentOrder order = PaymentOrder.parse(text);
        try {
            teller.pay(order);
        } catch (EJBException e) {
            throw refusal(order, e);
        }
        return Response.created(URI.create("counter/payments/" + order.id()))
                .entity(order.json().build().toString())
                .build();
    }

    /** The server's exception only says that the commit has failed; the merchant's account has noted why. */
    private RefusedException refusal(PaymentOrder order, EJBException failed) {
        RefusedException outcome = Outcome.of(failed);
        if (outcome.reason() != Reason.CONFLICT) {
            return outcome;
        }
        try {
            return book.ask(tables -> tables.payments().refusal(order.id()))
                    .map(reason -> new RefusedException(Reason.FORBIDDEN_BY_BUSINESS, reason, failed))
                    .orElse(outcome);
        } catch (DatabaseException notRead) {
            outcome.addSuppressed(notRead);
            return outcome;
        }
    }

    @GET
    @Path("payments/{id}")
    public String show(@PathParam("id") String id) {
        String checked = RequestBody.id("id", id);
        return book.ask(tables -> tables.payments().find(checked))
                .map(payment -> payment.json().build().toString())
                .orElseThrow(() -> new RefusedException(Reason.UNKNOWN, "There is no payment '" + id + "'"));
    }

    /** The accounts, the newest payments and the newest alarms. */
    @GET
    public String overview() {
        return view.overview().json().toString();
    }
}
