package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.operations.Concern;
import io.holdfast.coordinator.operations.LraReport;
import io.holdfast.coordinator.operations.Order;
import io.holdfast.engine.state.TransactionId;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask for. Whatever changes something is a POST of JSON, which a browser does not send for a page of somebody else; what
 * decides has a {@code reason} in it.
 */
final class OperationsRequests {
    private static final String REASON = "reason";

    private OperationsRequests() {}

    static CompletableFuture<Reply> counts(Exchange exchange) {
        return exchange.operations()
                .counts()
                .thenApply(counts -> OperationsJson.counts(exchange.operations().nodeId(), counts));
    }

    /** {@code concern}: held, waiting, failed, alarmed, active; several separated by commas; all but the last when there is none. */
    static CompletableFuture<Reply> list(Exchange exchange) {
        String concerns = Objects.requireNonNullElse(exchange.query("concern"), "");
        return exchange.operations().list(Concern.parse(concerns)).thenApply(OperationsJson::all);
    }

    static CompletableFuture<Reply> find(Exchange exchange) {
        return one(exchange.operations().find(lra(exchange)));
    }

    private static TransactionId lra(Exchange exchange) {
        return LraId.uidIn(exchange.path().get(1));
    }

    private static CompletableFuture<Reply> one(CompletableFuture<LraReport> report) {
        return report.thenApply(OperationsJson::one);
    }

    static CompletableFuture<Reply> actions(Exchange exchange) {
        return exchange.operations().actions().thenApply(OperationsJson::actions);
    }

    static CompletableFuture<Reply> retryAll(Exchange exchange) {
        return withJson(exchange, body -> {
            exchange.operations().retryNow();
            return CompletableFuture.completedFuture(Reply.noContent());
        });
    }

    static CompletableFuture<Reply> retry(Exchange exchange) {
        return withJson(exchange, body -> one(exchange.operations().retryNow(lra(exchange))));
    }

    static CompletableFuture<Reply> close(Exchange exchange) {
        return ordered(exchange, exchange.operations()::close);
    }

    static CompletableFuture<Reply> cancel(Exchange exchange) {
        return ordered(exchange, exchange.operations()::cancel);
    }

    static CompletableFuture<Reply> resolve(Exchange exchange) {
        return ordered(exchange, exchange.operations()::resolve);
    }

    static CompletableFuture<Reply> resolveParticipant(Exchange exchange) {
        var participant = LraId.participantIn(exchange.path().get(3));
        return ordered(exchange, (lra, order) -> exchange.operations().resolve(lra, participant, order));
    }

    static CompletableFuture<Reply> forceParticipant(Exchange exchange) {
        var participant = LraId.participantIn(exchange.path().get(3));
        return ordered(exchange, (lra, order) -> exchange.operations().force(lra, participant, order));
    }

    private static CompletableFuture<Reply> ordered(
            Exchange exchange, BiFunction<TransactionId, Order, CompletableFuture<LraReport>> action) {
        return withOrder(exchange, order -> one(action.apply(lra(exchange), order)));
    }

    /** Does what the operator wants, for the reason in the body. */
    static CompletableFuture<Reply> withOrder(Exchange exchange, Function<Order, CompletableFuture<Reply>> work) {
        return withJson(exchange, body -> work.apply(Order.of(exchange.user(), reasonIn(body))));
    }

    private static @Nullable String reasonIn(JsonObject body) {
        JsonValue reason = body.get(REASON);
        if (reason == null || reason instanceof JsonString) {
            return body.getString(REASON, null);
        }
        throw new InvalidInputException(REASON + " must be a text, not '" + Bounds.shown(reason.toString()) + "'");
    }

    /** Does something when the body is a JSON object. */
    static CompletableFuture<Reply> withJson(Exchange exchange, Function<JsonObject, CompletableFuture<Reply>> work) {
        return exchange.hasJson()
                ? work.apply(object(exchange.body()))
                : CompletableFuture.completedFuture(
                        exchange.reply(415, "error", "The body must be JSON, with Content-Type: application/json"));
    }

    private static JsonObject object(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonStructure read = reader.read();
            if (read instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException notJson) {
            throw noObject(body);
        }
        throw noObject(body);
    }

    private static InvalidInputException noObject(String body) {
        return new InvalidInputException("The body must be a JSON object, not '" + Bounds.shown(body) + "'");
    }
}
