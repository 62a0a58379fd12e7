package io.holdfast.interceptors.queries;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.Progress;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import jakarta.json.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What a {@link ProgressEndpoint} answers, asked at the adapter. */
final class ProgressAnswer {
    private static final int LONGEST_ID = 200;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;
    private static final String NEXT_SECONDS = "1";

    private ProgressAnswer() {}

    static Response to(@Nullable String id) {
        if (id == null) {
            return refused("no id: the @Path of this resource needs an {id}, as in progress/{id}");
        }
        HoldfastConnectionFactory holdfast = ConnectionFactories.find(Directory.JNDI);
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
