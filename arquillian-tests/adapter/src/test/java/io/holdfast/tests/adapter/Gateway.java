package io.holdfast.tests.adapter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The public address of a coordinator: everybody calls it here, and here it can be made to look as if it were down, or as if the network
 * had lost an answer of it. Thread-safe.
 */
final class Gateway implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int BAD_GATEWAY = 502;
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "expect");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private volatile @Nullable URI target;
    private volatile String downFrom = "";
    private volatile String losing = "";
    private volatile boolean down;

    Gateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** @param root of the server on which the coordinator is */
    void leadTo(URI root) {
        target = root;
    }

    void goDown() {
        down = true;
    }

    /** @param verb of the first request that is not answered any more: start, hold, close or cancel */
    void goDownAt(String verb) {
        downFrom = verb;
    }

    /** The coordinator acts on the next such request, and its answer is lost. */
    void loseAnswerTo(String verb) {
        losing = verb;
    }

    /** Whether what was to be lost, or the request from which it is down, has come. */
    boolean hasFailed() {
        return downFrom.isEmpty() && losing.isEmpty();
    }

    void repair() {
        down = false;
        downFrom = "";
        losing = "";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String verb = Exchanges.verb(exchange);
            if (verb.equals(downFrom)) {
                down = true;
                downFrom = "";
            }
            URI there = target;
            if (down || there == null) {
                return;
            }
            HttpResponse<byte[]> answer = ask(exchange, there);
            if (answer == null) {
                Exchanges.answer(exchange, BAD_GATEWAY, "");
            } else if (verb.equals(losing)) {
                losing = "";
            } else {
                answer(exchange, answer);
            }
        }
    }

    /** @return null when there was no answer */
    private @Nullable HttpResponse<byte[]> ask(HttpExchange exchange, URI there) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        there.resolve(exchange.getRequestURI().toString()))
                .timeout(ANSWER)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException theServerIsDead) {
            return null;
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
