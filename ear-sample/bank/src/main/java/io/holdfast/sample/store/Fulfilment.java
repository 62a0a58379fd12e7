package io.holdfast.sample.store;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;

/**
 * The flow: order, stock, payment, shipping. Each step commits at once; when a later one fails, this transaction rolls back, and the steps
 * before it are undone, the last first.
 */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Fulfilment {
    @EJB
    private OrderDesk desk;

    @EJB
    private Stock stock;

    @EJB
    private Payment payment;

    @EJB
    private Shipping shipping;

    public void fulfil(StoreOrder order) {
        desk.place(order);
        stock.take(order);
        payment.pay(order);
        shipping.ship(order);
        if (order.failure() == StoreOrder.Failure.END) {
            throw new RefusedException(
                    Reason.FORBIDDEN_BY_BUSINESS,
                    "The order " + order.id() + " was made to fail after everything was done");
        }
    }
}
