package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;

/** Lets the test call, and look. */
@Path("door")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class Door {
    @Inject
    private Mistakes mistakes;

    @Inject
    private Afterwards afterwards;

    @Inject
    private Guest guest;

    @Inject
    private Callers callers;

    @Inject
    private Pair pair;

    @Inject
    private Rows rows;

    @Inject
    private Journal journal;

    @POST
    @Path("mistakes/{mistake}")
    public String make(
            @PathParam("mistake") Mistake mistake,
            @QueryParam("key") String key,
            @QueryParam("services") URI services) {
        return mistakes.make(key, mistake, services);
    }

    @POST
    @Path("outside")
    public String outside(@QueryParam("key") String key, @QueryParam("services") URI services) {
        return mistakes.makeOutside(key, services);
    }

    @POST
    @Path("afterwards")
    public String afterwards(@QueryParam("key") String key, @QueryParam("services") URI services) {
        return afterwards.ask(key, services);
    }

    @POST
    @Path("guest/{way}")
    public String book(
            @PathParam("way") String way,
            @QueryParam("key") String key,
            @QueryParam("hotel") URI hotel,
            @QueryParam("wish") Wish wish) {
        URI address = URI.create(hotel + "?key=" + key);
        return way.equals("global")
                ? guest.bookGlobally(key, address, wish)
                : guest.bookByConnection(key, address, wish);
    }

    @POST
    @Path("callers/{caller}")
    public String call(
            @PathParam("caller") String caller,
            @QueryParam("key") String key,
            @QueryParam("services") URI services,
            @QueryParam("wish") Wish wish) {
        callers.run(caller, new Errand(key, services, wish));
        return "done";
    }

    @POST
    @Path("pair")
    public String pair(
            @QueryParam("key") String key, @QueryParam("services") URI services, @QueryParam("wish") Wish wish) {
        return String.valueOf(pair.use(new Errand(key, services, wish)));
    }

    /** {@code row}, if there is one, and what the hotel did. */
    @GET
    public String look(@QueryParam("key") String key) {
        String found = String.join("\n", journal.of(key));
        return rows.hold(key) ? "row\n" + found : found;
    }
}
