package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Fulfils orders: actions with undos, in one JTA transaction with a row of its own. */
@Stateless
public class Fulfilment {
    @Inject
    private Warehouse warehouse;

    @Inject
    private Payments payments;

    @Inject
    private Shipping shipping;

    @Inject
    private Book book;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    public void fulfil(Order order) {
        warehouse.take(order);
        payments.pay(order);
        shipping.ship(order);
        book.write(order.key(), "order");
        if (order.ending() != Order.Ending.COMMIT) {
            transaction.setRollbackOnly();
        }
    }
}
