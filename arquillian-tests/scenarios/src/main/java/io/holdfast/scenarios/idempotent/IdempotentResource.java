package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.EarlierCall;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Lets the test call the beans over HTTP; a failure is answered as text. */
@Path("idempotent")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class IdempotentResource {
    @EJB
    private Payments payments;

    @EJB
    private Effects effects;

    @Inject
    private Parcels parcels;

    @EJB
    private CardTill card;

    @EJB
    private CashTill cash;

    @Inject
    private VoucherTill voucher;

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Inject
    private JMSContext jms;

    @Resource(lookup = OrderListener.QUEUE)
    private Queue orders;

    @POST
    @Path("pay")
    public String pay(@QueryParam("number") long number, @QueryParam("failure") Failure failure) {
        return told(() -> payments.pay(order(number), failure).toString());
    }

    @POST
    @Path("refund")
    public String refund(@QueryParam("number") long number) {
        return told(() -> payments.refund(order(number)).toString());
    }

    @POST
    @Path("till")
    public String till(@QueryParam("kind") String kind, @QueryParam("number") long number) {
        return told(() -> switch (kind) {
            case "Card" -> card.pay(number);
            case "Cash" -> cash.pay(number);
            default -> voucher.pay(number);
        });
    }

    @POST
    @Path("isRecorded")
    public boolean isRecorded(@QueryParam("operation") String operation, @QueryParam("key") String key) {
        return EarlierCall.find(database, operation, key).isPresent();
    }

    @POST
    @Path("parcel")
    public String parcel(@QueryParam("id") long id) {
        effects.addParcel(id);
        return "packed";
    }

    @POST
    @Path("deliver")
    public String deliver(@QueryParam("id") long id) {
        effects.deliverParcel(id);
        return "delivered";
    }

    @POST
    @Path("send")
    public String send(@QueryParam("id") long id) {
        return told(() -> {
            parcels.send(id);
            return "sent";
        });
    }

    @POST
    @Path("label")
    public String label(@QueryParam("address") String address) {
        return told(() -> parcels.label(address));
    }

    @POST
    @Path("withoutTransaction")
    public String withoutTransaction() {
        return told(() -> parcels.withoutTransaction("a"));
    }

    @POST
    @Path("message")
    @Transactional
    public String message(@QueryParam("order") String order, @QueryParam("failsFirst") boolean failsFirst)
            throws JMSException {
        Message message = jms.createMessage();
        message.setStringProperty("orderId", order);
        message.setBooleanProperty("failsFirst", failsFirst);
        jms.createProducer().send(orders, message);
        return "sent";
    }

    @POST
    @Path("close")
    public String close(@QueryParam("gate") String gate) {
        Gates.close(gate);
        return "closed";
    }

    @POST
    @Path("reached")
    public String reached(@QueryParam("gate") String gate) {
        Gates.awaitReached(gate);
        return "reached";
    }

    @POST
    @Path("open")
    public String open(@QueryParam("gate") String gate) {
        Gates.open(gate);
        return "open";
    }

    @GET
    @Path("effects")
    public String effects(@QueryParam("what") String what) {
        return Integer.toString(effects.count(what));
    }

    private static Order order(long number) {
        return new Order("shop", number, new BigDecimal("12.50"), List.of("apple", "pear"));
    }

    private static String told(Callable<String> call) {
        try {
            return call.call();
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
