package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Compensable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The warehouse: a CDI bean. */
@ApplicationScoped
public class Warehouse {
    @Inject
    private Book book;

    @Compensable(undo = "putBack")
    public void take(Order order) {
        book.write(order.key(), "take");
    }

    public void putBack(Order order) {
        Gate.pass();
        book.write(order.key(), "put back");
    }
}
