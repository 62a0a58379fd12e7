package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** The stock: an EJB behind an interface. */
@Singleton
public class StockBean implements Stock {
    @Inject
    private Book book;

    @Override
    @Tcc(confirm = "take", cancel = "giveBack")
    public void reserve(String key) {
        book.write(key, "reserve");
    }

    @Override
    public void take(String key) {
        book.write(key, "take");
    }

    @Override
    public void giveBack(String key) {
        book.write(key, "give back");
    }
}
