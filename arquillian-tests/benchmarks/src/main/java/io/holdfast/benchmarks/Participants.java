package io.holdfast.benchmarks;

import io.holdfast.benchmarks.MessageReader.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Participants that do nothing and say yes: one port, a thread for each connection. Thread-safe. */
final class Participants implements AutoCloseable {
    private static final byte[] YES =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final LongAdder completed = new LongAdder();
    private final LongAdder compensated = new LongAdder();

    Participants() throws IOException {
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The base URL of the participant of that number. */
    String url(int number) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/service-" + number;
    }

    /** How many have been told to complete so far. */
    long completed() {
        return completed.sum();
    }

    long compensated() {
        return compensated.sum();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            MessageReader in = new MessageReader(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (Optional<Message> request = in.read(); request.isPresent(); request = in.read()) {
                count(request.get().path());
                out.write(YES);
            }
        } catch (IOException connectionLost) {
            System.err.println("A participant lost its coordinator: " + connectionLost);
        }
    }

    private void count(String path) {
        if (path.contains("/complete")) {
            completed.increment();
        } else if (path.contains("/compensate")) {
            compensated.increment();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "participant");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
