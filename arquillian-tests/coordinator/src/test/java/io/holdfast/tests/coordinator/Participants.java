package io.holdfast.tests.coordinator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Participants without any LRA library, each known by a name: they keep what they are told and answer as the test wants, 200 unless it
 * says otherwise. Thread-safe.
 */
final class Participants implements AutoCloseable {
    /**
     * A call of the coordinator.
     *
     * @param what complete, compensate, status, forget or after
     */
    record Told(String name, String what, String method, HttpHeaders headers, String body) {
        String header(String header) {
            return headers.firstValue(header).orElse("");
        }

        /** The LRA that it is about, as the coordinator named it. */
        String lra() {
            return what.equals("after") ? header("Long-Running-Action-Ended") : header("Long-Running-Action");
        }
    }

    /** What a participant answers. */
    record Reply(int status, String body, Map<String, String> headers) {
        static final Reply OK = of(200, "");

        static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<Told, Reply>> replies = new ConcurrentHashMap<>();

    Participants() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** From now on that participant answers so. */
    void answer(String name, Function<Told, Reply> reply) {
        replies.put(name, reply);
    }

    void answer(String name, Reply reply) {
        answer(name, call -> reply);
    }

    /** All that it was told, in that order. */
    List<Told> told(String name) {
        return told.stream().filter(call -> call.name().equals(name)).toList();
    }

    /** The kinds of what it was told without the questions for its status. */
    List<String> wordsTo(String name) {
        return told(name).stream()
                .map(Told::what)
                .filter(what -> !what.equals("status"))
                .toList();
    }

    void forgetWhatTheyWereTold() {
        told.clear();
    }

    /** The Link of a participant that can complete and compensate. */
    String link(String name) {
        return link(name, "compensate", "complete");
    }

    String link(String name, String... relations) {
        return Stream.of(relations)
                .map(rel -> "<" + at(name, rel) + ">; rel=\"" + rel + "\"")
                .collect(Collectors.joining(", "));
    }

    String at(String name, String rel) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/" + rel;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            Told call = new Told(
                    path[1],
                    path[2],
                    exchange.getRequestMethod(),
                    HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                    body);
            told.add(call);
            Reply reply = replies.getOrDefault(call.name(), any -> Reply.OK).apply(call);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
