package io.holdfast.lra.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on the loopback address that answers with the bytes that it was told, one text for each request, and keeps connections. */
final class ScriptedCoordinator implements AutoCloseable {
    /** Answers nothing and keeps the connection. */
    static final String SILENCE = "silence";
    /** Closes the connection instead of an answer. */
    static final String HANG_UP = "hang up";
    /** Closes the connection after an answer, without saying so. */
    static final String THEN_CLOSE = "then close";

    private static final String VERSION = "Narayana-LRA-API-version: 1.2\r\n";

    private final ServerSocket server;
    private final Thread acceptor = new Thread(this::accept);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    ScriptedCoordinator() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        acceptor.start();
    }

    String url() {
        return "http://localhost:" + server.getLocalPort() + "/lra-coordinator/lra-coordinator";
    }

    CoordinatorAddress address() {
        return CoordinatorAddress.parse(url());
    }

    LraId lra(String uid) throws InvalidLraIdException {
        return LraId.parse(url() + "/" + uid);
    }

    /** The next answer, as a coordinator gives it. */
    ScriptedCoordinator answers(int status, String body, String... headers) {
        StringBuilder text = new StringBuilder(head(status)).append(VERSION);
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return raw(text + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    static String head(int status) {
        return "HTTP/1.1 " + status + " Scripted\r\n";
    }

    synchronized ScriptedCoordinator raw(String answer) {
        answers.add(answer);
        return this;
    }

    private synchronized String next() {
        String next = answers.poll();
        return next == null ? head(500) + "Content-Length: 0\r\n\r\n" : next;
    }

    /** Each as it came. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The first line of each without the version. */
    List<String> lines() {
        return requests.stream()
                .map(request -> request.substring(0, request.indexOf(" HTTP/1.1")))
                .toList();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (String request = read(socket); request != null; request = read(socket)) {
                requests.add(request);
                String answer = next();
                if (answer.equals(HANG_UP)) {
                    return;
                }
                if (!answer.equals(SILENCE)) {
                    socket.getOutputStream()
                            .write(answer.replace(THEN_CLOSE, "").getBytes(ISO_8859_1));
                    socket.getOutputStream().flush();
                }
                if (answer.endsWith(THEN_CLOSE)) {
                    return;
                }
            }
        } catch (IOException brokenOff) {
            sockets.remove(socket);
        }
    }

    private static @Nullable String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
        }
        String head = bytes.toString(ISO_8859_1);
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), ISO_8859_1);
    }

    /** No new connections; those that there are stay. */
    void refuse() throws IOException {
        server.close();
        try {
            acceptor.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        refuse();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
