package io.holdfast.tests.adapter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service outside the server that is told confirm and cancel, and one that joins an LRA by the plain REST contract and is told
 * complete and compensate. Both only write down what they are told. Thread-safe.
 */
final class Services implements AutoCloseable {
    private static final String LRA = "Long-Running-Action";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final JsonHttp http = new JsonHttp();
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private final Map<String, URI> joined = new ConcurrentHashMap<>();
    private volatile String losing = "";
    private volatile String refusing = "";
    private volatile String meddling = "";

    Services() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/join", this::join);
        server.createContext("/service", this::tell);
        server.createContext("/lra", this::tell);
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** In the order of being told: confirm, cancel, complete, compensate. */
    List<String> told(String key) {
        return List.copyOf(told.getOrDefault(key, List.of()));
    }

    /** The LRA that the service joined. */
    URI lra(String key) {
        URI lra = joined.get(key);
        if (lra == null) {
            throw new IllegalStateException("no LRA was joined for " + key);
        }
        return lra;
    }

    /** The next time that it is told that, it does so and the answer is lost. */
    void loseAnswerTo(String verb) {
        losing = verb;
    }

    /** It refuses for good to do that, from now on. */
    void refuse(String verb) {
        refusing = verb;
    }

    /** @param verb what it does with the LRA of its caller as soon as it has joined: close, or cancel, or nothing when empty */
    void meddle(String verb) {
        meddling = verb;
    }

    void behave() {
        losing = "";
        refusing = "";
        meddling = "";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void join(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String key = key(exchange);
            URI lra = URI.create(exchange.getRequestHeaders().getFirst(LRA));
            joined.put(key, lra);
            String link = link("compensate", key) + ", " + link("complete", key);
            Answer answer = http.send("PUT", lra, Map.of("Link", link, "Content-Type", "text/plain"), "");
            if (!meddling.isEmpty()) {
                answer = http.send("PUT", URI.create(lra + "/" + meddling), Map.of(), "");
            }
            Exchanges.answer(exchange, answer.status(), answer.toString());
        }
    }

    private String link(String verb, String key) {
        return "<" + root() + "lra/" + verb + "?key=" + key + ">; rel=\"" + verb + "\"";
    }

    private void tell(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String verb = Exchanges.verb(exchange);
            if (verb.equals(refusing)) {
                Exchanges.answer(exchange, 409, "Failed: it was refused");
                return;
            }
            told.computeIfAbsent(key(exchange), key -> new CopyOnWriteArrayList<>())
                    .add(verb);
            if (verb.equals(losing)) {
                losing = "";
            } else {
                Exchanges.answer(exchange, 200, "");
            }
        }
    }

    private static String key(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query.substring(query.indexOf('=') + 1);
    }
}
