package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.operations.AdapterConcern;
import io.holdfast.coordinator.operations.AdapterFailedException;
import io.holdfast.coordinator.operations.Adapters.Adapter;
import io.holdfast.coordinator.operations.Order;
import io.holdfast.coordinator.operations.UnknownAdapterException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.management.openmbean.CompositeData;

/**
 * What operators ask of the resource adapters of the same server. What they want is done, refused and noted by the adapter, as through its
 * MBean.
 */
final class AdapterRequests {
    /** What an overview tells, by the name in JSON. */
    private static final Map<String, String> OVERVIEW = ordered(
            "branches", "Branches",
            "inDoubt", "InDoubt",
            "heuristic", "Heuristic",
            "undelivered", "Undelivered",
            "open", "Open",
            "lastRecovery", "LastRecovery");

    private static final Map<String, String> DETAILS =
            ordered("counts", "Counts", "times", "Times", "properties", "Properties");

    private static final int NODE = 1;
    private static final int BRANCH = 3;
    private static final int PARTICIPANT = 5;

    private AdapterRequests() {}

    private static Map<String, String> ordered(String... namesAndAttributes) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndAttributes.length; i += 2) {
            ordered.put(namesAndAttributes[i], namesAndAttributes[i + 1]);
        }
        return ordered;
    }

    static CompletableFuture<Reply> list(Exchange exchange) {
        return exchange.adapters().withAll(adapters -> {
            JsonArrayBuilder array = Json.createArrayBuilder();
            for (Adapter adapter : adapters) {
                overview(adapter).ifPresent(array::add);
            }
            return Reply.json(200, array.build().toString());
        });
    }

    /** Empty when it has stopped meanwhile; one that fails must not hide the others. */
    private static Optional<JsonObjectBuilder> overview(Adapter adapter) {
        try {
            return Optional.of(shown(adapter, OVERVIEW));
        } catch (UnknownAdapterException stopped) {
            return Optional.empty();
        } catch (AdapterFailedException failed) {
            return Optional.of(Json.createObjectBuilder()
                    .add("node", adapter.node())
                    .add("error", String.valueOf(failed.getMessage())));
        }
    }

    static CompletableFuture<Reply> find(Exchange exchange) {
        return one(
                exchange,
                adapter -> Reply.json(
                        200,
                        shown(adapter, OVERVIEW)
                                .addAll(shown(adapter, DETAILS))
                                .build()
                                .toString()));
    }

    private static JsonObjectBuilder shown(Adapter adapter, Map<String, String> attributes) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("node", adapter.node());
        attributes.forEach((name, attribute) -> json.add(name, OpenDataJson.of(adapter.attribute(attribute))));
        return json;
    }

    static CompletableFuture<Reply> actions(Exchange exchange) {
        return one(
                exchange,
                adapter -> Reply.json(
                        200,
                        OpenDataJson.of(adapter.attribute("OperatorActions")).toString()));
    }

    /**
     * {@code concern}: in-doubt, heuristic, undelivered; several separated by commas; all when there is none. {@code lra}: the branch with that LRA
     * only, whatever its state.
     */
    static CompletableFuture<Reply> branches(Exchange exchange) {
        String lra = exchange.query("lra");
        if (lra != null) {
            return one(exchange, adapter -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                adapter.find(lra).map(OpenDataJson::of).ifPresent(array::add);
                return Reply.json(200, array.build().toString());
            });
        }
        Set<AdapterConcern> concerns = AdapterConcern.parse(Objects.requireNonNullElse(exchange.query("concern"), ""));
        return one(exchange, adapter -> {
            Map<Object, CompositeData> branches = new LinkedHashMap<>();
            Map<Object, Set<String>> why = new LinkedHashMap<>();
            for (AdapterConcern concern : concerns) {
                for (Object each : (Object[]) Objects.requireNonNull(adapter.attribute(concern.attribute()))) {
                    CompositeData branch = (CompositeData) each;
                    Object key = branch.get("id");
                    branches.put(key, branch);
                    why.computeIfAbsent(key, first -> new TreeSet<>()).add(concern.word());
                }
            }
            JsonArrayBuilder array = Json.createArrayBuilder();
            branches.forEach((key, branch) -> array.add(OpenDataJson.object(branch)
                    .add("concerns", Json.createArrayBuilder(Objects.requireNonNull(why.get(key))))));
            return Reply.json(200, array.build().toString());
        });
    }

    static CompletableFuture<Reply> branch(Exchange exchange) {
        String name = exchange.path().get(BRANCH);
        return one(exchange, adapter -> known(exchange, adapter, name));
    }

    private static Reply known(Exchange exchange, Adapter adapter, String name) {
        return adapter.find(name)
                .map(branch -> Reply.json(200, OpenDataJson.of(branch).toString()))
                .orElseGet(() -> unknown(exchange, name));
    }

    private static Reply unknown(Exchange exchange, String name) {
        return exchange.reply(404, "error", "The adapter has no branch '" + Bounds.shown(name) + "'");
    }

    static CompletableFuture<Reply> retryAll(Exchange exchange) {
        return OperationsRequests.withJson(
                exchange,
                body -> one(exchange, adapter -> {
                    adapter.invoke("retryNow");
                    return Reply.noContent();
                }));
    }

    static CompletableFuture<Reply> retry(Exchange exchange) {
        return OperationsRequests.withJson(
                exchange, body -> acted(exchange, (adapter, branch) -> adapter.invoke("retryBranchNow", branch)));
    }

    static CompletableFuture<Reply> commit(Exchange exchange) {
        return ordered(exchange, "commitInDoubt");
    }

    static CompletableFuture<Reply> rollback(Exchange exchange) {
        return ordered(exchange, "rollbackInDoubt");
    }

    static CompletableFuture<Reply> resolve(Exchange exchange) {
        return ordered(exchange, "resolve");
    }

    static CompletableFuture<Reply> forgetHeuristic(Exchange exchange) {
        return ordered(exchange, "forgetHeuristic");
    }

    static CompletableFuture<Reply> resolveParticipant(Exchange exchange) {
        return orderedForParticipant(exchange, "resolveParticipant");
    }

    static CompletableFuture<Reply> forceParticipant(Exchange exchange) {
        return orderedForParticipant(exchange, "forceParticipant");
    }

    private static CompletableFuture<Reply> orderedForParticipant(Exchange exchange, String operation) {
        String participant = exchange.path().get(PARTICIPANT);
        return OperationsRequests.withOrder(
                exchange,
                order -> acted(
                        exchange,
                        (adapter, branch) ->
                                adapter.invoke(operation, branch, participant, order.operator(), order.reason())));
    }

    private static CompletableFuture<Reply> ordered(Exchange exchange, String operation) {
        return OperationsRequests.withOrder(exchange, order -> acted(exchange, decision(operation, order)));
    }

    private static Act decision(String operation, Order order) {
        return (adapter, branch) -> adapter.invoke(operation, branch, order.operator(), order.reason());
    }

    @FunctionalInterface
    private interface Act {
        void on(Adapter adapter, String branch);
    }

    /** Answers what the branch is then; nothing when it has left the log. */
    private static CompletableFuture<Reply> acted(Exchange exchange, Act act) {
        String name = exchange.path().get(BRANCH);
        return one(exchange, adapter -> {
            if (adapter.find(name).isEmpty()) {
                return unknown(exchange, name);
            }
            act.on(adapter, name);
            return adapter.find(name)
                    .map(branch -> Reply.json(200, OpenDataJson.of(branch).toString()))
                    .orElseGet(Reply::noContent);
        });
    }

    private static CompletableFuture<Reply> one(Exchange exchange, Function<Adapter, Reply> work) {
        List<String> path = exchange.path();
        return exchange.adapters().with(path.get(NODE), work);
    }
}
