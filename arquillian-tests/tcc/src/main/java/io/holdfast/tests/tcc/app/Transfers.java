package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Takes money from the payer to the payee. */
@Stateless
public class Transfers {
    /** What is transferred each time. */
    static final int AMOUNT = 30;

    @Inject
    private Payer payer;

    @Inject
    private Payee payee;

    @Inject
    private Book book;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    /** With a row of the transaction's own, so that the adapter is one of two resources. */
    public void transfer(Order order) {
        reserve(order.key());
        book.write(order.key(), "transfer");
        end(order);
    }

    /** Where nothing else takes part. */
    public void transferAlone(Order order) {
        reserve(order.key());
        end(order);
    }

    private void reserve(String key) {
        payee.expect(key, AMOUNT);
        payer.freeze(key, AMOUNT);
    }

    private void end(Order order) {
        if (order.ending() == Order.Ending.ROLLBACK) {
            transaction.setRollbackOnly();
        }
    }
}
