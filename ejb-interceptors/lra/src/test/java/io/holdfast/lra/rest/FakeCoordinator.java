package io.holdfast.lra.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.lra.client.CoordinatorAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A coordinator that remembers what it was asked, and calls nobody. Answers by the contract, or what a test told it. */
public final class FakeCoordinator implements AutoCloseable {
    private static final String ROOT = "/lra-coordinator/lra-coordinator";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Map<String, String> data = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> links = new CopyOnWriteArrayList<>();
    private final Map<String, Canned> canned = new ConcurrentHashMap<>();
    private final Map<String, Queue<Canned>> next = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private static final int SILENCE = -1;
    private static final int HANG_UP = 0;

    /** @param status SILENCE or HANG_UP for none */
    record Canned(int status, String body) {}

    public FakeCoordinator() throws IOException {
        this(0);
    }

    /** One that knows nothing of any that was at the port before. */
    public FakeCoordinator(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(threads);
        server.createContext(ROOT, this::handle);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + ROOT;
    }

    CoordinatorAddress address() {
        return CoordinatorAddress.parse(url());
    }

    public String activeLra() {
        String uid = "given-" + ids.incrementAndGet();
        states.put(uid, "Active");
        return url() + "/" + uid;
    }

    String lraThatIs(String status) {
        String lra = activeLra();
        states.put(uid(lra), status);
        return lra;
    }

    /** start, join, remove, close, cancel or status from now on get this answer. */
    public void answers(String call, int status, String body) {
        canned.put(call, new Canned(status, body));
    }

    void isSilentTo(String call) {
        canned.put(call, new Canned(SILENCE, ""));
    }

    /** The connection is closed in place of an answer. */
    public void hangsUpOn(String call) {
        answers(call, HANG_UP, "");
    }

    /** The next such calls get these answers, before any other that was told; nothing is done. */
    public void answersNext(String call, int... statuses) {
        for (int status : statuses) {
            next.computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>()).add(new Canned(status, "as told"));
        }
    }

    /** They are answered by the contract again. */
    public void recovers(String call) {
        canned.remove(call);
    }

    /** What was asked, in order: the call, then a blank and the uid, for start the query. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public List<String> links() {
        return List.copyOf(links);
    }

    public String stateOf(String lra) {
        return states.getOrDefault(uid(lra), "unknown");
    }

    /** Waits for it, since a server may answer before it ends. */
    public synchronized boolean reaches(String lra, String state) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!stateOf(lra).equals(state) && System.nanoTime() < deadline) {
            wait(100);
        }
        return stateOf(lra).equals(state);
    }

    private synchronized void become(String uid, String state) {
        states.put(uid, state);
        notifyAll();
    }

    String dataOf(String lra) {
        return data.getOrDefault(uid(lra), "");
    }

    private static String uid(String lra) {
        String path = lra.split("\\?", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = path.substring(1).split("/", -1);
            String call = parts[0].equals("start") ? "start" : parts.length == 1 ? "join" : parts[1];
            calls.add(call + " " + (call.equals("start") ? query : parts[0]));
            @Nullable
            Canned told = next.getOrDefault(call, new ConcurrentLinkedQueue<>()).poll();
            @Nullable Canned answer = told == null ? canned.get(call) : told;
            if (answer == null) {
                perform(exchange, call, parts[0], query, body);
            } else if (answer.status() == SILENCE) {
                await();
            } else if (answer.status() != HANG_UP) {
                reply(exchange, answer.status(), answer.body());
            }
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(HttpExchange exchange, String call, String uid, String query, String body) throws IOException {
        @Nullable String state = states.get(uid);
        if (call.equals("start")) {
            start(exchange, query);
        } else if (state == null) {
            reply(exchange, 404, "unknown");
        } else if (call.equals("join")) {
            join(exchange, uid, state);
        } else if (call.equals("remove")) {
            links.remove(body);
            reply(exchange, 200, state);
        } else if (call.equals("status")) {
            reply(exchange, 200, state);
        } else {
            end(exchange, uid, state, call.equals("close") ? "Closed" : "Cancelled");
        }
    }

    private void start(HttpExchange exchange, String query) throws IOException {
        String parent = query.substring(query.indexOf("ParentLRA=") + "ParentLRA=".length());
        String uid = "lra-" + ids.incrementAndGet();
        states.put(uid, "Active");
        String id = url() + "/" + uid + (parent.isEmpty() ? "" : "?ParentLRA=" + parent);
        exchange.getResponseHeaders().add("Location", id);
        reply(exchange, 201, id);
    }

    private void join(HttpExchange exchange, String uid, String state) throws IOException {
        String link = String.join(", ", exchange.getRequestHeaders().getOrDefault("Link", List.of()));
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Narayana-LRA-Participant-Data"))
                .orElse("");
        if (!state.equals("Active")) {
            reply(exchange, 412, state);
            return;
        }
        links.add(link);
        String earlier = data.getOrDefault(uid, "");
        if (!given.isEmpty()) {
            data.put(uid, given);
        }
        String recovery = url() + "/recovery/" + uid + "/p";
        exchange.getResponseHeaders().add("Location", recovery);
        exchange.getResponseHeaders().add("Long-Running-Action-Recovery", recovery);
        exchange.getResponseHeaders().add("Narayana-LRA-Participant-Data", earlier);
        reply(exchange, 200, recovery);
    }

    private void end(HttpExchange exchange, String uid, String state, String wanted) throws IOException {
        if (state.equals("Active") || state.equals(wanted)) {
            become(uid, wanted);
            reply(exchange, 200, wanted);
        } else {
            reply(exchange, 412, state);
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Narayana-LRA-API-version", "1.2");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
