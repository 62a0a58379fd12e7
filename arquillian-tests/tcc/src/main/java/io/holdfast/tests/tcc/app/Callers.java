package io.holdfast.tests.tcc.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** CDI beans with the container's transactions. */
@ApplicationScoped
public class Callers {
    @Inject
    private Book book;

    @Inject
    private Merchant merchant;

    @Transactional
    public void write(String key, String what) {
        book.write(key, what);
    }

    @Transactional
    public void announce(Order order) {
        merchant.announce(order);
    }
}
