package io.holdfast.rar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.api.HttpParticipant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service on the loopback address that gives the answers it was told to give, and then 200. Thread-safe. */
final class FakeService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Queue<Answer>> scripts = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> participants = new ArrayList<>();

    private final List<Request> requests = new ArrayList<>();

    /** A request as it came, the names of its headers in small letters. */
    record Request(Map<String, String> headers, String body) {}

    private record Answer(int code, String body, @Nullable String location) {}

    FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    HttpParticipant withStatus() {
        return new HttpParticipant(at("confirm"), at("cancel"), at("status"));
    }

    HttpParticipant withoutStatus() {
        return new HttpParticipant(at("confirm"), at("cancel"), null);
    }

    FakeService answers(String path, int code, String body) {
        return answers(path, code, body, null);
    }

    synchronized FakeService answers(String path, int code, String body, @Nullable String location) {
        scripts.computeIfAbsent("/" + path, any -> new ArrayDeque<>()).add(new Answer(code, body, location));
        return this;
    }

    /** Method and path of every call so far. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The transaction and the participant that each call named. */
    synchronized List<String> participants() {
        return List.copyOf(participants);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized String lastBody() {
        return requests.isEmpty() ? "" : requests.get(requests.size() - 1).body();
    }

    synchronized void awaitCalls(int number) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (calls.size() < number) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("Only " + calls);
                }
                wait(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = noted(exchange, request(exchange));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.location() != null) {
                exchange.getResponseHeaders().set("Location", answer.location());
            }
            exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Request(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private synchronized Answer noted(HttpExchange exchange, Request request) {
        requests.add(request);
        String path = exchange.getRequestURI().getPath();
        calls.add(exchange.getRequestMethod() + " " + path);
        participants.add(exchange.getRequestHeaders().getFirst(HttpParticipant.TRANSACTION_HEADER) + " "
                + exchange.getRequestHeaders().getFirst(HttpParticipant.PARTICIPANT_HEADER));
        notifyAll();
        Queue<Answer> script = scripts.getOrDefault(path, new ArrayDeque<>());
        return script.isEmpty() ? new Answer(200, "", null) : script.remove();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
