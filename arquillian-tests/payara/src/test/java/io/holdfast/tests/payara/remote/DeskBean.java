package io.holdfast.tests.payara.remote;

import io.holdfast.lra.LongRunningActions;
import jakarta.ejb.EJBException;
import jakarta.ejb.Remote;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;

/** Works in the LRA that it is given. */
@Stateless
@Remote(Desk.class)
@SuppressWarnings("NullAway.Init")
public class DeskBean implements Desk {
    @Inject
    private LongRunningActions lras;

    @Inject
    private Bookings bookings;

    @Override
    public String book(URI lra) {
        try {
            return lras.callIn(lra, bookings::book);
        } catch (Exception e) {
            throw new EJBException(e);
        }
    }

    @Override
    public String told() {
        return bookings.told();
    }
}
