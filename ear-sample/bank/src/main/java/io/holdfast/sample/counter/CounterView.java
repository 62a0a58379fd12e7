package io.holdfast.sample.counter;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Reads the overview in one transaction. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class CounterView {
    @Inject
    private CounterBook book;

    public Overview overview() {
        return book.ask(Overview::of);
    }
}
