package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Compensable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Entries of payments. */
@ApplicationScoped
public class Ledger {
    @Inject
    private Book book;

    @Compensable(undo = "strike")
    public void enter(Order order) {
        book.write(order.key(), "enter");
    }

    public void strike(Order order) {
        Gate.pass();
        book.write(order.key(), "strike");
    }
}
