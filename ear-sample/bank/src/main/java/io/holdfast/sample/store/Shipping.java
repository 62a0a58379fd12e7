package io.holdfast.sample.store;

import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The last step: a parcel leaves, or is recalled. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Shipping {
    @Inject
    private StoreBook book;

    @Compensable(undo = "recall", dataSource = StoreBook.SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ship(StoreOrder order) {
        if (order.failure() == StoreOrder.Failure.SHIPPING) {
            throw new RefusedException(Reason.FORBIDDEN_BY_BUSINESS, "There is no carrier for the order " + order.id());
        }
        book.change(tables -> tables.done(order.id(), "shipping", "parcel sent"));
    }

    public void recall(StoreOrder order) {
        book.change(tables -> tables.undone(order.id(), "shipping", "parcel recalled"));
    }
}
