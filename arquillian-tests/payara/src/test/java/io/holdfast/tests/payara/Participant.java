package io.holdfast.tests.payara;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service that knows no LRA library: it joins by the plain REST contract and keeps what it is told. Thread-safe. */
final class Participant implements AutoCloseable {
    private final HttpServer server;
    private final JsonHttp http = new JsonHttp();
    private final Map<String, List<String>> callbacks = new ConcurrentHashMap<>();

    Participant() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/work", this::join);
        server.createContext("/complete", exchange -> callback(exchange, "complete"));
        server.createContext("/compensate", exchange -> callback(exchange, "compensate"));
        server.start();
    }

    URI work() {
        return at("/work");
    }

    /** What the coordinator called for that LRA, in that order. */
    List<String> callbacksOf(String lra) {
        return List.copyOf(callbacks.getOrDefault(lra, List.of()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void join(HttpExchange exchange) throws IOException {
        URI lra = URI.create(exchange.getRequestHeaders().getFirst("Long-Running-Action"));
        String link = "<" + at("/compensate") + ">; rel=\"compensate\", <" + at("/complete") + ">; rel=\"complete\"";
        Answer answer = http.send("PUT", lra, Map.of("Link", link, "Content-Type", "text/plain"), "");
        answer(exchange, answer.status(), answer.toString());
    }

    private void callback(HttpExchange exchange, String what) throws IOException {
        String lra = exchange.getRequestHeaders().getFirst("Long-Running-Action");
        callbacks.computeIfAbsent(lra, id -> new CopyOnWriteArrayList<>()).add(what);
        answer(exchange, 200, "");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
