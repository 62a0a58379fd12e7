package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Which request is handled by what: a table, of which the first row counts whose path fits. Immutable. */
final class Routes {
    /** Does what a request asks for; the future may fail with what {@link Failures} knows. */
    @FunctionalInterface
    interface Handler {
        CompletableFuture<Reply> handle(Exchange exchange);
    }

    /**
     * A row.
     *
     * @param path its segments, {@value #ANY} for one of any kind, {@value #SEVERAL} for one or more
     * @param methods GET also serves HEAD
     */
    record Route(List<String> path, Map<String, Handler> methods) {
        boolean fits(List<String> segments) {
            int several = path.indexOf(SEVERAL);
            if (several < 0) {
                return segments.size() == path.size() && fits(segments, 0, path.size(), 0);
            }
            int behind = path.size() - several - 1;
            return segments.size() >= path.size()
                    && fits(segments, 0, several, 0)
                    && fits(segments, several + 1, path.size(), segments.size() - behind - several - 1);
        }

        private boolean fits(List<String> segments, int from, int to, int shift) {
            for (int i = from; i < to; i++) {
                String wanted = path.get(i);
                if (!wanted.equals(ANY) && !wanted.equals(segments.get(i + shift))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final String ANY = "*";
    private static final String SEVERAL = "**";

    /** What clients and participants rely on. */
    static final Routes CONTRACT = new Routes(
            route("start", Map.of("POST", LraRequests::start)),
            route("recovery", Map.of("GET", RecoveryRequests::recover)),
            route("recovery/failed", Map.of("GET", RecoveryRequests::failed)),
            route("recovery/*", Map.of("DELETE", RecoveryRequests::resolve)),
            route("recovery/*/*", Map.of("GET", RecoveryRequests::participant, "PUT", RecoveryRequests::relocate)),
            route("nested/**/status", Map.of("GET", NestedRequests::status)),
            route("nested/**/complete", Map.of("PUT", NestedRequests::complete)),
            route("nested/**/compensate", Map.of("PUT", NestedRequests::compensate)),
            route("nested/**/forget", Map.of("PUT", NestedRequests::forget)),
            route("", Map.of("GET", LraRequests::list)),
            route("*", Map.of("GET", LraRequests::find, "PUT", LraRequests::join)),
            route("*/close", Map.of("PUT", LraRequests::close)),
            route("*/cancel", Map.of("PUT", LraRequests::cancel)),
            route("*/remove", Map.of("PUT", LraRequests::leave)),
            route("*/renew", Map.of("PUT", LraRequests::renew)),
            route("*/status", Map.of("GET", LraRequests::status)),
            route("*/hold", Map.of("PUT", LraRequests::hold)),
            route("*/forget", Map.of("PUT", LraRequests::forget)));

    /** What operators do. */
    static final Routes OPERATIONS = new Routes(
            route("", Map.of("GET", OperationsRequests::counts)),
            route("actions", Map.of("GET", OperationsRequests::actions)),
            route("retry", Map.of("POST", OperationsRequests::retryAll)),
            route("lras", Map.of("GET", OperationsRequests::list)),
            route("lras/*", Map.of("GET", OperationsRequests::find)),
            route("lras/*/retry", Map.of("POST", OperationsRequests::retry)),
            route("lras/*/close", Map.of("POST", OperationsRequests::close)),
            route("lras/*/cancel", Map.of("POST", OperationsRequests::cancel)),
            route("lras/*/resolve", Map.of("POST", OperationsRequests::resolve)),
            route("lras/*/participants/*/resolve", Map.of("POST", OperationsRequests::resolveParticipant)),
            route("lras/*/participants/*/force", Map.of("POST", OperationsRequests::forceParticipant)),
            route("adapters", Map.of("GET", AdapterRequests::list)),
            route("adapters/*", Map.of("GET", AdapterRequests::find)),
            route("adapters/*/actions", Map.of("GET", AdapterRequests::actions)),
            route("adapters/*/retry", Map.of("POST", AdapterRequests::retryAll)),
            route("adapters/*/branches", Map.of("GET", AdapterRequests::branches)),
            route("adapters/*/branches/*", Map.of("GET", AdapterRequests::branch)),
            route("adapters/*/branches/*/retry", Map.of("POST", AdapterRequests::retry)),
            route("adapters/*/branches/*/commit", Map.of("POST", AdapterRequests::commit)),
            route("adapters/*/branches/*/rollback", Map.of("POST", AdapterRequests::rollback)),
            route("adapters/*/branches/*/forget", Map.of("POST", AdapterRequests::forgetHeuristic)),
            route("adapters/*/branches/*/resolve", Map.of("POST", AdapterRequests::resolve)),
            route("adapters/*/branches/*/participants/*/resolve", Map.of("POST", AdapterRequests::resolveParticipant)),
            route("adapters/*/branches/*/participants/*/force", Map.of("POST", AdapterRequests::forceParticipant)));

    private final List<Route> table;

    private Routes(Route... table) {
        this.table = List.of(table);
    }

    List<Route> table() {
        return table;
    }

    private static Route route(String path, Map<String, Handler> methods) {
        return new Route(path.isEmpty() ? List.of() : List.of(path.split("/", -1)), methods);
    }

    CompletableFuture<Reply> handle(Exchange exchange) {
        List<String> path = exchange.path();
        for (Route route : table) {
            if (route.fits(path)) {
                return handle(exchange, route);
            }
        }
        return CompletableFuture.completedFuture(exchange.reply(
                404, "error", "The coordinator has nothing at '" + Bounds.shown(String.join("/", path)) + "'"));
    }

    private static CompletableFuture<Reply> handle(Exchange exchange, Route route) {
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        Handler handler = route.methods().get(method);
        if (handler != null) {
            return handler.handle(exchange);
        }
        TreeSet<String> methods = new TreeSet<>(route.methods().keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        String allowed = String.join(", ", methods);
        Reply reply = method.equals("OPTIONS")
                ? exchange.reply(200, "allow", allowed)
                : exchange.reply(
                        405, "error", "'" + Bounds.shown(exchange.method()) + "' is not possible here, but " + allowed);
        return CompletableFuture.completedFuture(reply.with("Allow", allowed));
    }
}
