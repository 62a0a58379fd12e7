package io.holdfast.coordinator.participant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A participant on the loopback address that answers as it was told to and remembers what it was asked. */
public final class ScriptedParticipant implements AutoCloseable {
    /** A request that came in. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    private record Scripted(int status, String body, Map<String, String> headers) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, Queue<Scripted>> answers = new HashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public ScriptedParticipant() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** The next answer to the request, for example {@code "PUT /complete"}; what is not scripted is answered 200. */
    public ScriptedParticipant answers(String request, int status, String body) {
        return answers(request, status, body, Map.of());
    }

    public synchronized ScriptedParticipant answers(
            String request, int status, String body, Map<String, String> headers) {
        answers.computeIfAbsent(request, key -> new ArrayDeque<>()).add(new Scripted(status, body, headers));
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> lines() {
        return requests.stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    private synchronized Scripted next(String request) {
        Queue<Scripted> scripted = answers.get(request);
        return scripted == null || scripted.isEmpty() ? new Scripted(200, "", Map.of()) : scripted.remove();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String path = exchange.getRequestURI().toString();
            requests.add(new Request(exchange.getRequestMethod(), path, headers, body));
            Scripted answer = next(exchange.getRequestMethod() + " " + path);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
