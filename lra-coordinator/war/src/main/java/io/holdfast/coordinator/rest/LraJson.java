package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraStatus;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LRAs as JSON, with the members that Narayana's clients read. */
final class LraJson {
    private LraJson() {}

    static Reply one(Lra lra) {
        return Reply.json(200, of(lra).build().toString());
    }

    /** A list that has more than {@link Bounds#MAX_LISTED} is cut off, and a header says so. */
    static Reply all(List<Lra> lras) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        lras.stream().limit(Bounds.MAX_LISTED).forEach(lra -> array.add(of(lra)));
        Reply reply = Reply.json(200, array.build().toString());
        return lras.size() > Bounds.MAX_LISTED
                ? reply.with(Headers.LIST_LIMIT, String.valueOf(Bounds.MAX_LISTED))
                : reply;
    }

    static JsonObjectBuilder of(Lra lra) {
        return Json.createObjectBuilder()
                .add("lraId", lra.id().toString())
                .add("clientId", lra.clientId())
                .add("status", lra.status().word())
                .add("topLevel", lra.id().parent() == null)
                .add("recovering", lra.isWaiting())
                .add("startTime", lra.startedAt().toEpochMilli())
                .add("finishTime", millis(lra.endedAt()))
                .add("httpStatus", httpStatus(lra.status()))
                .add("lraIdAsString", lra.id().toString());
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
