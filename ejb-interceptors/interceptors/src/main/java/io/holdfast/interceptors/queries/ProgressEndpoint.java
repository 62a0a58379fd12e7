package io.holdfast.interceptors.queries;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.Progress;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Answers how far a transaction of the resource adapter, one of its participants, or a notification has come. An application that wants
 * it gives it an address, and guards that if it must: whoever knows an id may ask, and ids cannot be guessed.
 *
 * <pre>{@code
 * @Path("progress")
 * public class OrderProgress extends ProgressEndpoint {}
 * }</pre>
 *
 * <p>{@code GET progress/{transaction}} or {@code GET progress/{transaction}:{participant}} ({@link Enlisted#text()}) is answered 200 with
 * {@code {"id": ..., "progress": "CONFIRMING", "end": false}}, and with {@code Retry-After} until it has ended; 404 with the same for
 * {@link Progress#UNKNOWN}; 400 for what is no such id.
 */
@Produces(MediaType.APPLICATION_JSON)
public abstract class ProgressEndpoint {
    private static final int LONGEST_ID = 200;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;
    private static final String NEXT_SECONDS = "1";

    /** How far it has come. */
    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return answer(ConnectionFactories.find(Directory.JNDI), id);
    }

    static Response answer(HoldfastConnectionFactory holdfast, String id) {
        if (id.length() > LONGEST_ID) {
            return refused("an id of " + id.length() + " characters; allowed are " + LONGEST_ID);
        }
        Progress progress;
        try {
            progress = id.contains(":") ? holdfast.progressOf(Enlisted.parse(id)) : holdfast.progressOf(id);
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        Response.ResponseBuilder answer = Response.status(progress == Progress.UNKNOWN ? NOT_FOUND : OK)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Json.createObjectBuilder()
                        .add("id", id)
                        .add("progress", progress.name())
                        .add("end", progress.isEnd())
                        .build()
                        .toString());
        return (progress.isEnd() ? answer : answer.header(HttpHeaders.RETRY_AFTER, NEXT_SECONDS)).build();
    }

    private static Response refused(String why) {
        return Response.status(BAD_REQUEST)
                .entity(Json.createObjectBuilder().add("error", why).build().toString())
                .build();
    }
}
