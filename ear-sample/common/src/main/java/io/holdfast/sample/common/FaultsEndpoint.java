package io.holdfast.sample.common;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Shows and sets {@link Faults}; a service gives it a path. */
@Produces(MediaType.APPLICATION_JSON)
public abstract class FaultsEndpoint {
    @Inject
    Faults faults;

    @GET
    public String show() {
        Faults.Probabilities now = faults.probabilities();
        return Json.createObjectBuilder()
                .add("failBefore", now.before())
                .add("failAfter", now.after())
                .build()
                .toString();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public String set(String text) {
        RequestBody body = RequestBody.parse(text);
        faults.set(new Faults.Probabilities(body.probability("failBefore"), body.probability("failAfter")));
        return show();
    }
}
