package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.GlobalTransaction;
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

    @Inject
    private Account account;

    @Inject
    private Carrier carrier;

    @Transactional
    public void write(String key, String what) {
        book.write(key, what);
    }

    /** Nobody has begun a transaction, so that the annotation does. */
    @GlobalTransaction
    public void reserveBoth(Order order) {
        account.freeze(order, 7);
        merchant.announce(order);
    }

    @Transactional
    public void bookPickup(Order order) {
        carrier.bookPickup(order);
    }

    @Transactional
    public void holdSlot(Order order) {
        carrier.holdSlot(order);
    }

    @Transactional
    public void announce(Order order) {
        merchant.announce(order);
    }
}
