package io.holdfast.tests.tcc.app;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.net.URI;

/** Takes orders: one JTA transaction with its own row, the account and the merchant. */
@Stateless
public class Shop {
    @Inject
    private Book book;

    @Inject
    private Account account;

    @Inject
    private Merchant merchant;

    @Resource(lookup = "java:comp/env/eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    public void order(Order order) {
        Object before = transaction.getTransactionKey();
        merchant.announce(order);
        try {
            account.freeze(order, 7);
        } catch (EJBException | IllegalArgumentException e) {
            if (order.ending() != Order.Ending.FAILURE_IS_CAUGHT) {
                throw e;
            }
        }
        if (!before.equals(transaction.getTransactionKey())) {
            throw new IllegalStateException("The transaction was not resumed");
        }
        book.write(order.key(), "order");
        if (order.ending() == Order.Ending.ROLLBACK) {
            transaction.setRollbackOnly();
        }
    }

    /** Without annotations: a bean behind a dispatcher of the application's own, and a service. */
    public void enlist(Order order, URI service) {
        try (HoldfastConnection connection = holdfast.getConnection()) {
            connection.enlist(new LocalParticipant(OwnDispatcher.NAME, "bean", "method", "", order.key()));
            connection.enlist(new HttpParticipant(
                    URI.create(service + "?tell=http-confirm&key=" + order.key()),
                    URI.create(service + "?tell=http-cancel&key=" + order.key()),
                    null));
        }
        book.write(order.key(), "order");
        if (order.ending() == Order.Ending.ROLLBACK) {
            transaction.setRollbackOnly();
        }
    }
}
