package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who gets the money by the confirm: a CDI bean. */
@ApplicationScoped
public class Payee {
    @Inject
    private Accounts accounts;

    @Inject
    private Book book;

    @Tcc(confirm = "credit", cancel = "forget")
    public void expect(String key, int amount) {
        book.write(key, "expect");
    }

    public void credit(String key, int amount) {
        accounts.change("payee", amount, 0);
        book.write(key, "credit");
    }

    public void forget(String key, int amount) {
        book.write(key, "forget");
    }
}
