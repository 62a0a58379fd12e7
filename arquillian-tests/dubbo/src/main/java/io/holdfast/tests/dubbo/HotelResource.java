package io.holdfast.tests.dubbo;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells about the hotel. */
@Path("hotel")
@Produces(MediaType.TEXT_PLAIN)
@SuppressWarnings("NullAway.Init")
public class HotelResource {
    @Inject
    private HotelProvider provider;

    @Inject
    private HotelBean hotel;

    /** Where Dubbo finds it. */
    @GET
    @Path("address")
    public String address() {
        return provider.address();
    }

    /** What it was told. */
    @GET
    public String told() {
        return hotel.told();
    }
}
