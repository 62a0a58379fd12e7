package io.holdfast.sample.shop;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.sample.common.Money;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.shop.Centres.Centre;
import io.holdfast.sample.shop.OrderRequest.Fault;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;

/** The order centre: orders, and what becomes of them. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class OrderDesk {
    static final String FAULT = "fault";

    private static final int TOO_LONG = 300_000;

    @EJB
    private Centres centres;

    @EJB
    private Notifications notifications;

    /**
     * An order that was placed.
     *
     * @param notification by which the progress of its notification can be asked for; empty without one
     */
    public record Placed(ShopOrder order, String notification) {}

    /** Creates the order and sends the account centre its message, both or neither. The same order once more changes nothing. */
    public Placed place(OrderRequest request) {
        Centre centre = centres.orders(request.mode());
        Optional<ShopOrder> before = find(request.mode(), request.id());
        if (before.isPresent()) {
            return new Placed(same(before.get(), request), "");
        }
        ShopOrder order = new ShopOrder(
                request.id(), request.customer(), request.amount(), OrderState.PLACED, "", request.tell());
        centre.database().run(connection -> {
            new OrderTable(connection).insert(order);
            return order;
        });
        centre.sender().send(debit(request.mode(), order, request.fault()));
        String notification = notifications.tell(
                request.mode(), order, request.fault() == Fault.FORGED ? Notifications.FORGER : Notifications.SECRET);
        if (request.fault() == Fault.AFTER_SEND) {
            throw new RefusedException(
                    Reason.FORBIDDEN_BY_BUSINESS,
                    "Order " + order.id() + " was made to fail after its message was sent");
        }
        return new Placed(order, notification);
    }

    /** As a sender that has lost the answer repeats it: the same message, with the same id. */
    public ShopOrder sendAgain(Mode mode, String id) {
        ShopOrder order = find(mode, id)
                .orElseThrow(() -> new RefusedException(Reason.UNKNOWN, "There is no order '" + id + "'"));
        centres.orders(mode).sender().send(debit(mode, order, Fault.NONE));
        return order;
    }

    private static OutgoingMessage debit(Mode mode, ShopOrder order, Fault fault) {
        String body = Json.createObjectBuilder()
                .add("order", order.id())
                .add("account", order.customer())
                .add("amount", Money.text(order.amount()))
                .build()
                .toString();
        String queue = fault == Fault.UNKNOWN_QUEUE ? "java:app/jms/nowhere" : mode.debits();
        return OutgoingMessage.to(queue, fault == Fault.OVERSIZED ? body + " ".repeat(TOO_LONG) : body)
                .withId("debit-" + order.id())
                .inOrderOf(order.customer())
                .with(FAULT, fault.text());
    }

    private static ShopOrder same(ShopOrder before, OrderRequest request) {
        if (before.customer().equals(request.customer()) && before.amount().compareTo(request.amount()) == 0) {
            return before;
        }
        throw new RefusedException(
                Reason.CONFLICT, "There is an order " + request.id() + " already, with other contents");
    }

    /** Takes the account centre's answer. */
    public void end(Mode mode, Message answer) {
        String order = order((TextMessage) answer);
        Optional<String> failure = Outcome.failure(answer);
        OrderState state = failure.isPresent() ? OrderState.CANCELLED : OrderState.COMPLETED;
        boolean ended = centres.orders(mode).database().run(connection -> new OrderTable(connection)
                .end(order, state, failure.orElse("")));
        if (!ended) {
            throw new IllegalStateException("Order " + order + " is not there or has ended, but is answered");
        }
        find(mode, order).ifPresent(found -> notifications.tell(mode, found));
    }

    private static String order(TextMessage answer) {
        try {
            return Debit.parse(answer.getText()).order();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<ShopOrder> find(Mode mode, String id) {
        return centres.orders(mode).database().run(connection -> new OrderTable(connection).find(id));
    }

    /** The states that the receiver of {@link News} was told of, as they came. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<String> news(String order) {
        return centres.orders(Mode.XA).database().run(connection -> new NewsTable(connection).states(order));
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<ShopOrder> newest(Mode mode, int limit) {
        return centres.orders(mode).database().run(connection -> new OrderTable(connection).newest(limit));
    }
}
