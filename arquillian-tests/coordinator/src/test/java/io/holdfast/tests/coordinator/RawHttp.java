package io.holdfast.tests.coordinator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends requests over a socket, each over its own, and reads the answer. Thread-safe. */
final class RawHttp implements AutoCloseable {
    private static final int ANSWER_MILLIS = 20_000;
    private static final int AT_ONCE_BYTES = 60_000;
    /** Payara takes the second for the beginning of a tunnel, also when it refuses: the answer's body has no end. */
    private static final Set<String> BODILESS = Set.of("HEAD", "CONNECT");

    /**
     * @param status 0 when it is no HTTP/1 answer
     * @param headers by name in small letters, the last of each
     */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final InetSocketAddress address;
    private final String host;
    private final ExecutorService writers = Executors.newCachedThreadPool();

    RawHttp(String host, int port) {
        this.address = new InetSocketAddress(host, port);
        this.host = host + ":" + port;
    }

    /** @return empty when the server hung up without an answer */
    Optional<Answer> exchange(RawRequest request) {
        byte[] bytes = request.bytes(host);
        try (Socket socket = new Socket()) {
            socket.connect(address, ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            if (bytes.length <= AT_ONCE_BYTES) {
                write(socket, bytes, request.endsAtOnce());
            } else {
                // A server may answer, and hang up, before it has read everything.
                var unused = CompletableFuture.runAsync(() -> tryToWrite(socket, bytes, request.endsAtOnce()), writers);
            }
            return read(new BufferedInputStream(socket.getInputStream()), BODILESS.contains(request.method()));
        } catch (IOException e) {
            throw new UncheckedIOException(request + ": " + e, e);
        }
    }

    private static void write(Socket socket, byte[] bytes, boolean hangUp) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        if (hangUp) {
            socket.shutdownOutput();
        }
    }

    private static void tryToWrite(Socket socket, byte[] bytes, boolean hangUp) {
        try {
            write(socket, bytes, hangUp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Answer> read(InputStream in, boolean withoutBody) throws IOException {
        while (true) {
            Optional<String> statusLine = hungUpOr(in);
            if (statusLine.isEmpty()) {
                return Optional.empty();
            }
            if (!statusLine.get().startsWith("HTTP/1.")) {
                return Optional.of(new Answer(0, Map.of(), statusLine.get()));
            }
            int status = Integer.parseInt(statusLine.get().substring(9, 12));
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            if (status >= 200) {
                boolean empty = withoutBody || status == 204 || status == 304;
                return Optional.of(new Answer(status, headers, empty ? "" : body(in, headers)));
            }
        }
    }

    /** A reset connection is one way to hang up. */
    private static Optional<String> hungUpOr(InputStream in) throws IOException {
        try {
            String line = line(in);
            return line.isEmpty() ? Optional.empty() : Optional.of(line);
        } catch (SocketException reset) {
            return Optional.empty();
        }
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.writeBytes(in.readNBytes(size));
                line(in);
            }
            return body.toString(StandardCharsets.UTF_8);
        }
        String length = headers.get("content-length");
        byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without its end; empty at the end of the stream too. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }
}
