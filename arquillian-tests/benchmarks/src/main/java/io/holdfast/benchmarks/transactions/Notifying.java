package io.holdfast.benchmarks.transactions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.Notification;
import io.holdfast.benchmarks.load.Work;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Transactions with one notification each, which is waited for at its receiver. Thread-safe. */
final class Notifying implements Work {
    private static final int DEAD = 10_000;
    private static final int DEAD_ENDPOINTS = 100;
    private static final int CONNECTIONS_UNANSWERED = 128;
    private static final int NO_CONTENT = 204;
    private static final String BODY = "{\"order\":7,\"state\":\"PAID\"}";
    private static final long LONGEST_SECONDS = 60;

    private final TransactionManager manager;
    private final HoldfastConnectionFactory adapter;
    private final HttpServer receiver;
    private final List<ServerSocket> silent = new ArrayList<>();
    private final Map<String, CompletableFuture<Void>> expected = new ConcurrentHashMap<>();

    Notifying(TransactionManager manager, HoldfastConnectionFactory adapter) throws IOException {
        this.manager = manager;
        this.adapter = adapter;
        this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(NO_CONTENT, -1);
        exchange.close();
        CompletableFuture<Void> arrival =
                expected.remove(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        if (arrival != null) {
            arrival.complete(null);
        }
    }

    /**
     * A hundred endpoints that answer nothing, each with a hundred notifications: nobody listens at one half of them,
     * the other half takes every connection and says nothing on it.
     */
    void tellTheDead() throws Exception {
        List<Integer> ports = deadPorts();
        for (int number = 0; number < DEAD; number++) {
            tell(Notification.post(address(ports.get(number % DEAD_ENDPOINTS)), BODY));
        }
    }

    private List<Integer> deadPorts() throws IOException {
        List<Integer> ports = new ArrayList<>();
        List<ServerSocket> closed = new ArrayList<>();
        for (int endpoint = 0; endpoint < DEAD_ENDPOINTS; endpoint++) {
            ServerSocket socket = new ServerSocket(0, CONNECTIONS_UNANSWERED, InetAddress.getLoopbackAddress());
            ports.add(socket.getLocalPort());
            (endpoint % 2 == 0 ? closed : silent).add(socket);
        }
        for (ServerSocket socket : closed) {
            socket.close();
        }
        return ports;
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port + "/orders");
    }

    @Override
    public void once() throws Exception {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Void> arrival = new CompletableFuture<>();
        expected.put(id, arrival);
        tell(Notification.post(address(receiver.getAddress().getPort()), BODY).withId(id));
        arrival.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private void tell(Notification notification) throws Exception {
        manager.begin();
        try (HoldfastConnection connection = adapter.getConnection()) {
            connection.enlist(notification);
        }
        manager.commit();
    }
}
