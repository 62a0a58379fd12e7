package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Compensable;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Shipping, which may have no carrier. */
@Stateless
public class Shipping {
    @Inject
    private Book book;

    @Compensable(undo = "recall")
    public void ship(Order order) {
        book.write(order.key(), "ship");
        if (order.ending() == Order.Ending.TRY_FAILS) {
            throw new IllegalStateException("No carrier for " + order.key());
        }
    }

    public void recall(Order order) {
        Gate.pass();
        book.write(order.key(), "recall");
    }
}
