package io.holdfast.rar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An LRA coordinator on the loopback address that keeps its LRAs in memory and can be told to misbehave. Thread-safe. */
final class FakeCoordinator implements AutoCloseable {
    /** Shorter where rules are broken and most waits are for what never comes. */
    static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("test.patience.seconds", 20));

    private static final int BLANKS = 1_000_000;
    private static final String BASE = "/lra-coordinator/lra-coordinator";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Lra> lras = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, Answer> scripted = new LinkedHashMap<>();
    private final List<String> parents = new ArrayList<>();
    private boolean foreign;
    private boolean absent;
    private int participants = 1;

    /** An LRA of this coordinator. */
    static final class Lra {
        final @Nullable String token;
        final long limitMillis;
        String status = "Active";
        boolean held;
        boolean forgotten;

        Lra(@Nullable String token, long limitMillis) {
            this.token = token;
            this.limitMillis = limitMillis;
        }
    }

    private record Answer(int code, String body, boolean ends) {
        Answer(int code, String body) {
            this(code, body, true);
        }
    }

    FakeCoordinator() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext(BASE, this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + BASE;
    }

    /** Knows no owners and no hold, like Narayana's. */
    synchronized FakeCoordinator foreign() {
        foreign = true;
        return this;
    }

    synchronized FakeCoordinator withParticipants(int number) {
        participants = number;
        return this;
    }

    /** Does what the verb wants, but never answers it. */
    synchronized void silence(String verb) {
        silent.add(verb);
    }

    /** Answers this verb so, and does nothing. */
    synchronized void answer(String verb, int code, String body) {
        scripted.put(verb, new Answer(code, body));
    }

    /** The same, but blanks follow what is answered, and then the rest never comes. */
    synchronized void answerWithoutEnd(String verb, int code, String beginning) {
        scripted.put(verb, new Answer(code, beginning + " ".repeat(BLANKS), false));
    }

    /** The server runs, but its coordinator is not deployed. */
    synchronized void setAbsent(boolean isAbsent) {
        absent = isAbsent;
    }

    synchronized void behave() {
        silent.clear();
        scripted.clear();
    }

    synchronized void end(URI lra, String status) {
        find(lra).status = status;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized long calls(String verb) {
        return calls.stream().filter(verb::equals).count();
    }

    synchronized List<Lra> lras() {
        return List.copyOf(lras.values());
    }

    /** What each start named as the parent; empty where it named none. */
    synchronized List<String> parents() {
        return List.copyOf(parents);
    }

    synchronized String status(URI lra) {
        return find(lra).status;
    }

    synchronized long limitMillis(URI lra) {
        return find(lra).limitMillis;
    }

    synchronized boolean isHeld(URI lra) {
        return find(lra).held;
    }

    synchronized void awaitStatus(URI lra, String status) {
        await(() -> find(lra).status.equals(status), status);
    }

    synchronized void awaitForgotten(URI lra) {
        await(() -> find(lra).forgotten, "forgotten");
    }

    synchronized void awaitCalls(String verb, int number) {
        await(() -> calls.stream().filter(verb::equals).count() >= number, number + " times " + verb);
    }

    synchronized void awaitAll(String status) {
        await(
                () -> !lras.isEmpty() && lras.values().stream().allMatch(lra -> lra.status.equals(status)),
                "all " + status);
    }

    private synchronized void await(BooleanSupplier condition, String wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("Never " + wanted + "; calls: " + calls);
            }
            try {
                wait(left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", stop);
            }
        }
    }

    private Lra find(URI lra) {
        String path = lra.getPath();
        return Optional.ofNullable(lras.get(path.substring(path.lastIndexOf('/') + 1)))
                .orElseThrow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(BASE.length() + 1).split("/", -1);
        String verb = path[path.length - 1];
        String token = exchange.getRequestHeaders().getFirst(LraClient.OWNER);
        boolean answered;
        Answer answer;
        synchronized (this) {
            calls.add(verb);
            answered = !silent.contains(verb);
            Answer script = scripted.get(verb);
            if (absent) {
                answer = new Answer(404, "<html>Not found</html>");
            } else {
                exchange.getResponseHeaders().add("Narayana-LRA-API-version", "1.2");
                answer = script != null ? script : obey(exchange, path[0], verb, foreign ? null : token);
            }
            notifyAll();
        }
        if (answered) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : answer.ends() ? body.length : 0);
            exchange.getResponseBody().write(body);
            if (answer.ends()) {
                exchange.close();
            }
        }
    }

    private Answer obey(HttpExchange exchange, String uid, String verb, @Nullable String token) {
        if (verb.equals("start")) {
            return start(parameters(exchange), exchange, token);
        }
        Lra lra = lras.get(uid);
        if (lra == null) {
            return new Answer(404, "");
        }
        if (lra.token != null && token != null && !lra.token.equals(token)) {
            return new Answer(403, "");
        }
        return switch (verb) {
            case "status" -> new Answer(200, lra.status);
            case "hold" -> hold(lra);
            case "close" -> end(lra, "Closed");
            case "cancel" -> end(lra, "Cancelled");
            case "forget" -> {
                lra.forgotten = true;
                yield new Answer(204, "");
            }
            default -> new Answer(404, "");
        };
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private Answer start(Map<String, String> parameters, HttpExchange exchange, @Nullable String token) {
        String uid = "lra-" + lras.size();
        for (Map.Entry<String, Lra> known : lras.entrySet()) {
            if (token != null && token.equals(known.getValue().token)) {
                uid = known.getKey();
            }
        }
        lras.putIfAbsent(uid, new Lra(token, Long.parseLong(parameters.get("TimeLimit"))));
        String parent = parameters.getOrDefault("ParentLRA", "");
        parents.add(parent);
        String nesting = parent.isEmpty() ? "" : "?ParentLRA=" + URLEncoder.encode(parent, StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", url() + "/" + uid + nesting);
        if (token != null) {
            exchange.getResponseHeaders().add(LraClient.OWNER, token);
        }
        return new Answer(201, url() + "/" + uid);
    }

    private Answer hold(Lra lra) {
        if (foreign) {
            return new Answer(405, "");
        }
        if (!lra.status.equals("Active")) {
            return new Answer(412, lra.status);
        }
        lra.held = true;
        return new Answer(200, "{\"participants\": " + participants + ", \"listeners\": 0, \"nested\": 0}");
    }

    private static Answer end(Lra lra, String status) {
        if (lra.status.equals("Active")) {
            lra.status = status;
        }
        return new Answer(lra.status.equals(status) ? 200 : 412, lra.status);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
