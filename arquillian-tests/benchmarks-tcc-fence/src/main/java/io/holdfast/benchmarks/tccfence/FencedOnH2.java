package io.holdfast.benchmarks.tccfence;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Behind the fence. */
@ApplicationScoped
public class FencedOnH2 implements Side {
    @Inject
    private Book book;

    @Override
    @Tcc(confirm = "deduct", cancel = "unfreeze", dataSource = Book.H2)
    public void freeze(long payment, int account) {
        book.freeze(Book.H2, payment, account);
    }

    public void deduct(long payment, int account) {
        book.deduct(Book.H2, payment, account);
    }

    public void unfreeze(long payment, int account) {
        throw new IllegalStateException("payment " + payment + " of account " + account + " was to be confirmed");
    }
}
