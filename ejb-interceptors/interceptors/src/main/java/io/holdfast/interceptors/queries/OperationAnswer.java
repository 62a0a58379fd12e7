package io.holdfast.interceptors.queries;

import io.holdfast.interceptors.idempotent.EarlierCall;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link OperationEndpoint} answers. Immutable. Has no need of the adapter's API, whose {@code Progress} it speaks of by name.
 *
 * @param body JSON
 */
record OperationAnswer(int status, String body, boolean isEnd) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final String NEXT_SECONDS = "1";

    /** @param databases where the records of an operation are; empty for one that may not be asked for */
    static OperationAnswer to(
            Function<String, Optional<DataSource>> databases, @Nullable String operation, @Nullable String key) {
        if (operation == null || key == null) {
            return refused(
                    BAD_REQUEST,
                    "no operation and key: the @Path of this resource needs both, as in operations/{operation}/{key}");
        }
        Optional<DataSource> database = databases.apply(operation);
        if (database.isEmpty()) {
            return refused(NOT_FOUND, "no operation '" + operation + "' can be asked for here");
        }
        try {
            return EarlierCall.find(database.get(), operation, key)
                    .map(OperationAnswer::done)
                    .orElseGet(() ->
                            new OperationAnswer(NOT_FOUND, text(progress(operation, key, "UNKNOWN", false)), false));
        } catch (IllegalArgumentException e) {
            return refused(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static OperationAnswer done(EarlierCall call) {
        JsonObjectBuilder body = progress(call.operation(), call.key(), "CONFIRMED", true);
        call.result().ifPresent(result -> body.add("result", result));
        return new OperationAnswer(OK, text(body), true);
    }

    private static JsonObjectBuilder progress(String operation, String key, String progress, boolean isEnd) {
        return Json.createObjectBuilder()
                .add("operation", operation)
                .add("key", key)
                .add("progress", progress)
                .add("end", isEnd);
    }

    private static OperationAnswer refused(int status, String why) {
        return new OperationAnswer(status, text(Json.createObjectBuilder().add("error", why)), true);
    }

    private static String text(JsonObjectBuilder body) {
        return body.build().toString();
    }

    Response response() {
        Response.ResponseBuilder answer = Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body);
        return (isEnd ? answer : answer.header(HttpHeaders.RETRY_AFTER, NEXT_SECONDS)).build();
    }
}
