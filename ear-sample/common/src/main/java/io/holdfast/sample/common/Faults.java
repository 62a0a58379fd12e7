package io.holdfast.sample.common;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Makes a service's callbacks fail now and then, for demonstrations. Thread-safe; forgotten at the next start. */
@ApplicationScoped
public class Faults {
    /** Each from 0, never, to 1, always. */
    public record Probabilities(double before, double after) {}

    private volatile Probabilities probabilities = new Probabilities(0, 0);

    public Probabilities probabilities() {
        return probabilities;
    }

    public void set(Probabilities wanted) {
        probabilities = wanted;
    }

    /** Does the work, or fails before it, or does it and loses the answer. */
    public Response around(Supplier<Response> work) {
        Probabilities now = probabilities;
        if (hits(now.before())) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
        Response answer = work.get();
        return hits(now.after())
                ? Response.status(Response.Status.INTERNAL_SERVER_ERROR).build()
                : answer;
    }

    private static boolean hits(double probability) {
        return ThreadLocalRandom.current().nextDouble() < probability;
    }
}
