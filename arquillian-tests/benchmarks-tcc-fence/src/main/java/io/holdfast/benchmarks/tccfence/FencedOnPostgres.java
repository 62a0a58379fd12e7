package io.holdfast.benchmarks.tccfence;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Behind the fence. */
@ApplicationScoped
public class FencedOnPostgres implements Side {
    @Inject
    private Book book;

    @Override
    @Tcc(confirm = "deduct", cancel = "unfreeze", dataSource = Book.POSTGRES)
    public void freeze(int account) {
        book.freeze(Book.POSTGRES, account);
    }

    public void deduct(int account) {
        book.deduct(Book.POSTGRES, account);
    }

    public void unfreeze(int account) {
        throw new IllegalStateException("account " + account + " was to be confirmed");
    }
}
