package io.holdfast.sample.store;

import io.holdfast.interceptors.tcc.Compensable;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The second step: the goods leave the stock, or come back. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Stock {
    @Inject
    private StoreBook book;

    @Compensable(undo = "putBack", dataSource = StoreBook.SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void take(StoreOrder order) {
        book.change(tables -> {
            tables.take(order.item(), order.pieces());
            tables.done(order.id(), "stock", order.pieces() + " x " + order.item() + " taken");
        });
    }

    public void putBack(StoreOrder order) {
        book.change(tables -> {
            tables.putBack(order.item(), order.pieces());
            tables.undone(order.id(), "stock", order.pieces() + " x " + order.item() + " put back");
        });
    }
}
