package io.holdfast.sample.store;

import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The third step: the customer pays, or is refunded by the number of the payment. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Payment {
    @Inject
    private StoreBook book;

    /** Returns the number of the payment, which the undo is given. */
    @Compensable(undo = "refund", dataSource = StoreBook.SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public String pay(StoreOrder order) {
        if (order.failure() == StoreOrder.Failure.PAYMENT) {
            throw new RefusedException(
                    Reason.FORBIDDEN_BY_BUSINESS, "The card was refused for the order " + order.id());
        }
        String number = "P-" + order.id().substring(0, Math.min(8, order.id().length()));
        book.change(tables -> tables.done(order.id(), "payment", "paid as " + number));
        return number;
    }

    /** @param number none when the server died before it was stored */
    public void refund(StoreOrder order, @Nullable String number) {
        String what = number == null ? "payment" : "payment " + number;
        book.change(tables -> tables.undone(order.id(), "payment", what + " refunded"));
    }
}
