package io.holdfast.tests.tcc.lra;

import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.tests.tcc.app.Book;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Part of an LRA that somebody else decides, and takes back what its trips have committed when that is cancelled. */
@Stateless
public class Itinerary {
    @Inject
    private Trips trips;

    @Inject
    private Book book;

    @Compensable(undo = "remove")
    public void add(String key, boolean fails) {
        trips.book(key, fails);
    }

    public void remove(String key, boolean fails) {
        book.write(key, "trip cancelled");
    }
}
