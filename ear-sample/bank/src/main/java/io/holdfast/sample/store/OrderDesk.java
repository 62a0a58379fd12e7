package io.holdfast.sample.store;

import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The first step: the order is written down, or withdrawn. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class OrderDesk {
    @Inject
    private StoreBook book;

    @Compensable(undo = "withdraw", dataSource = StoreBook.SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void place(StoreOrder order) {
        book.change(tables -> {
            if (tables.isKnown(order.id())) {
                throw new RefusedException(Reason.CONFLICT, "There is an order " + order.id() + " already");
            }
            tables.done(order.id(), "order", order.pieces() + " x " + order.item() + " ordered");
        });
    }

    public void withdraw(StoreOrder order) {
        book.change(tables -> tables.undone(order.id(), "order", "order withdrawn"));
    }
}
