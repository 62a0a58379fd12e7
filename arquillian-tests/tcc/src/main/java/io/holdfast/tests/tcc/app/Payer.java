package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Whose money is frozen, and then deducted or given back: an EJB. */
@Stateless
public class Payer {
    private static final String SIDE = "payer";

    @Inject
    private Accounts accounts;

    @Inject
    private Book book;

    @Tcc(confirm = "deduct", cancel = "unfreeze")
    public void freeze(String key, int amount) {
        accounts.change(SIDE, -amount, amount);
        book.write(key, "freeze");
    }

    public void deduct(String key, int amount) {
        accounts.change(SIDE, 0, -amount);
        book.write(key, "deduct");
    }

    public void unfreeze(String key, int amount) {
        accounts.change(SIDE, amount, -amount);
        book.write(key, "unfreeze");
    }
}
