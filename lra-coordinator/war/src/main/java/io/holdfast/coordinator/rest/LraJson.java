package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraStatus;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LRAs as JSON, with the members that Narayana's clients read. */
final class LraJson {
    private LraJson() {}

    static Response one(Lra lra) {
        return json(of(lra).toString()).build();
    }

    /** A list that has more than {@link Bounds#MAX_LISTED} is cut off, and a header says so. */
    static Response all(List<Lra> lras) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        lras.stream().limit(Bounds.MAX_LISTED).forEach(lra -> array.add(of(lra)));
        ResponseBuilder response = json(array.build().toString());
        return lras.size() > Bounds.MAX_LISTED
                ? response.header(Headers.LIST_LIMIT, Bounds.MAX_LISTED).build()
                : response.build();
    }

    static ResponseBuilder json(String text) {
        return Response.ok(text, MediaType.APPLICATION_JSON_TYPE);
    }

    private static JsonObject of(Lra lra) {
        return Json.createObjectBuilder()
                .add("lraId", lra.id().toString())
                .add("clientId", lra.clientId())
                .add("status", lra.status().word())
                .add("topLevel", lra.id().parent() == null)
                .add("recovering", lra.isWaiting())
                .add("startTime", lra.startedAt().toEpochMilli())
                .add("finishTime", millis(lra.endedAt()))
                .add("httpStatus", httpStatus(lra.status()))
                .add("lraIdAsString", lra.id().toString())
                .build();
    }

    private static long millis(@Nullable Instant at) {
        return at == null ? 0 : at.toEpochMilli();
    }

    private static int httpStatus(LraStatus status) {
        return switch (status) {
            case ACTIVE -> 204;
            case CLOSING, CANCELLING -> 202;
            case CLOSED, CANCELLED, FAILED_TO_CLOSE, FAILED_TO_CANCEL -> 200;
        };
    }
}
