package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The merchant: a CDI bean without a fence, so that its cancel also comes when it has tried nothing. */
@ApplicationScoped
public class Merchant {
    @Inject
    private Book book;

    @Tcc(confirm = "credit", cancel = "drop", fence = false)
    public void announce(Order order) {
        book.write(order.key(), "announce");
    }

    public void credit(Order order) {
        Gate.pass();
        book.write(order.key(), "credit");
    }

    public void drop(Order order) {
        Gate.pass();
        book.write(order.key(), "drop");
    }
}
