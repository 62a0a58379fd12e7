package io.holdfast.tests.tcc.lra;

import io.holdfast.lra.LongRunningActions;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.time.Duration;

/** Lets the test book, and look. A resource without LRA. */
@Path("bookings")
@Produces("text/plain")
public class BookingResource {
    @Inject
    private Booking booking;

    @Inject
    private Itinerary itinerary;

    @Inject
    private BookingSender sender;

    @Inject
    private LongRunningActions actions;

    @Inject
    private Journal journal;

    @Inject
    private Turnstile turnstile;

    @POST
    public String book(@QueryParam("by") String by, @QueryParam("key") String key) {
        try {
            switch (by) {
                case "ejb" -> booking.book(key);
                case "slowly" -> booking.bookSlowly(key);
                case "failing" -> booking.fail(key);
                case "rollback" -> booking.rollBack(key);
                case "alone" -> booking.onlyWithin(key);
                case "reserving" -> booking.reserve(key, false);
                case "reserving in vain" -> booking.reserve(key, true);
                case "trip" -> actions.close(trip(key, false));
                case "trip in vain" -> actions.close(trip(key, true));
                case "trip regretted" -> actions.cancel(trip(key, false));
                case "message" -> sender.send(key, "");
                case "lra" -> {
                    URI lra = actions.start(key, Duration.ofMinutes(5));
                    actions.runIn(lra, () -> booking.addTo(key));
                    sender.send(key, lra.toString());
                }
                default -> throw new IllegalArgumentException(by);
            }
            return "done";
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.toString();
        }
    }

    /** The LRA that the trip was booked in. */
    private URI trip(String key, boolean fails) {
        URI lra = actions.start(key, Duration.ofMinutes(5));
        actions.runIn(lra, () -> itinerary.add(key, fails));
        return lra;
    }

    @PUT
    public void letThrough(@QueryParam("key") String key) {
        turnstile.open(key);
    }

    @GET
    public String look(@QueryParam("key") String key) {
        return String.join("\n", journal.of(key));
    }
}
