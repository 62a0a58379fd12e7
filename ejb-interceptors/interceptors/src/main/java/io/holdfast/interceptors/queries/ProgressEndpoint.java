package io.holdfast.interceptors.queries;

import io.holdfast.api.Enlisted;
import io.holdfast.api.Progress;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Answers how far a transaction of the resource adapter, one of its participants, or a notification has come. An application that wants
 * it gives it an address with an {@code {id}} in it, and guards that if it must: whoever knows an id may ask, and ids cannot be guessed.
 *
 * <pre>{@code
 * @Path("progress/{id}")
 * public class OrderProgress extends ProgressEndpoint {}
 * }</pre>
 *
 * <p>{@code GET progress/{transaction}} or {@code GET progress/{transaction}:{participant}} ({@link Enlisted#text()}) is answered 200 with
 * {@code {"id": ..., "progress": "CONFIRMING", "end": false}}, and with {@code Retry-After} until it has ended; 404 with the same for
 * {@link Progress#UNKNOWN}; 400 for what is no such id.
 *
 * <p>Nothing of the adapter's API is in its methods' signatures: servers look at these also where no adapter is deployed. No method
 * has a {@code @Path}: Jersey would take this class for a resource of every application and warn that it is none.
 */
@Produces(MediaType.APPLICATION_JSON)
public abstract class ProgressEndpoint {
    /** How far it has come. */
    @GET
    public Response show(@PathParam("id") @Nullable String id) {
        return ProgressAnswer.to(id);
    }
}
