package io.holdfast.tests.tcc.lra;

import static io.holdfast.interceptors.GlobalTransaction.Incoming.NESTED;

import io.holdfast.interceptors.GlobalTransaction;
import io.holdfast.tests.tcc.app.Book;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Writes into an XA database and books at a participant of LRAs, both or none. */
@Stateless
public class Trips {
    @Inject
    private Book book;

    @Inject
    private Booking booking;

    @GlobalTransaction(incoming = NESTED)
    public void book(String key, boolean fails) {
        book.write(key, "trip");
        booking.addTo(key);
        if (fails) {
            throw new IllegalStateException("No trip for " + key);
        }
    }
}
