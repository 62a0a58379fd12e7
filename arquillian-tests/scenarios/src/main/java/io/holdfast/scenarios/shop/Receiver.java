package io.holdfast.scenarios.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody on this machine who is told of orders, and refuses some of what it is told. Thread-safe. */
public final class Receiver implements AutoCloseable {
    private static final byte[] SECRET = "the sample's secret, known to all".getBytes(StandardCharsets.UTF_8);
    private static final int UNAVAILABLE = 503;
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();

    /**
     * One request.
     *
     * @param enlisted by which its sender can be asked for its progress
     */
    public record Told(String id, String enlisted, String signature, String body) {
        /** By the sample's secret; computed here by hand. */
        boolean isSigned() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
                byte[] expected = mac.doFinal((id + "." + body).getBytes(StandardCharsets.UTF_8));
                return signature.equals("v1=" + HexFormat.of().formatHex(expected));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** On a free port. */
    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/orders";
    }

    /** From now on as many requests are answered 503. */
    public void refuse(int requests) {
        refusals.set(requests);
    }

    /** All requests so far. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    /** The ids of those that were answered with success. */
    public Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = header(exchange, "Idempotency-Key");
            String enlisted = header(exchange, "Holdfast-Transaction") + ":" + header(exchange, "Holdfast-Participant");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(new Told(id, enlisted, header(exchange, "Holdfast-Signature"), body));
            boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!refused) {
                acknowledged.add(id);
            }
            exchange.sendResponseHeaders(refused ? UNAVAILABLE : NO_CONTENT, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
