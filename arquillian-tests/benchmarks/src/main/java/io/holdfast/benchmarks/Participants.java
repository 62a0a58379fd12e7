package io.holdfast.benchmarks;

import io.holdfast.benchmarks.MessageReader.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Participants that do nothing and say yes: one port, a thread for each connection. Thread-safe. */
final class Participants implements AutoCloseable {
    private static final byte[] YES =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final System.Logger LOG = System.getLogger(Participants.class.getName());
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private final LongAdder told = new LongAdder();

    /** @param port to listen at, 0 for any */
    Participants(int port) throws IOException {
        server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        acceptor = Daemon.start("participants", this::accept);
    }

    /** The base URL of the participant of that number. */
    String url(int number) {
        return url(server.getLocalPort(), number);
    }

    static String url(int port, int number) {
        return "http://127.0.0.1:" + port + "/service-" + number;
    }

    /** How often one was told to complete or to compensate so far. */
    long told() {
        return told.sum();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Daemon.start("participant", () -> serve(socket));
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
        } catch (SocketException gone) {
            LOG.log(System.Logger.Level.DEBUG, "A connection has been reset", gone);
        } catch (IOException connectionLost) {
            throw new UncheckedIOException(connectionLost);
        } finally {
            open.remove(socket);
        }
    }

    private void count(String path) {
        if (path.contains("/complete") || path.contains("/compensate")) {
            told.increment();
        }
    }

    /** Also for those that are connected. Returns when the port is free. */
    @Override
    public void close() throws IOException {
        server.close();
        Daemon.await(acceptor);
        for (Socket socket : open) {
            socket.close();
        }
    }
}
