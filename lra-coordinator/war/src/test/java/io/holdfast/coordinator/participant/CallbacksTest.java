package io.holdfast.coordinator.participant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.holdfast.coordinator.participant.Callbacks.Reply;
import io.holdfast.engine.time.ThreadTimers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.BasicClientTlsStrategy;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbacksTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ThreadTimers timers = new ThreadTimers("test");
    private final Callbacks callbacks = new Callbacks(timers, Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        callbacks.close();
        timers.close();
    }

    @Test
    void calls_one_after_the_other_share_a_connection() throws Exception {
        try (var server = new RawServer((connection, request) -> OK)) {
            for (int i = 0; i < 5; i++) {
                assertThat(get(callbacks, server.url("/")).body()).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_call_whose_kept_alive_connection_breaks_is_repeated_at_once() throws Exception {
        try (var server = new RawServer((connection, request) -> connection == 1 && request == 2 ? "" : OK)) {
            get(callbacks, server.url("/first"));

            assertThat(get(callbacks, server.url("/second")).status()).isEqualTo(200);
            assertThat(server.requests()).containsExactly("GET /first", "GET /second", "GET /second");
        }
    }

    @Test
    void it_is_repeated_once_only() throws Exception {
        try (var server = new RawServer((connection, request) -> "")) {
            assertThatThrownBy(() -> get(callbacks, server.url("/"))).isInstanceOf(ExecutionException.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void connections_that_the_server_closed_meanwhile_are_not_used_again() throws Exception {
        var connections = new Connections(timers, Duration.ofSeconds(10), new BasicClientTlsStrategy());
        try (var server = new RawServer((connection, request) -> OK);
                var calling = new Callbacks(timers, Duration.ofSeconds(10), connections)) {
            get(calling, server.url("/"));
            HttpHost host = HttpHost.create(server.url("/"));
            IOSession kept = Objects.requireNonNull(connections.take(host), "kept after the call");
            connections.keep(host, kept);
            server.closeConnections();
            for (long end = System.nanoTime() + Duration.ofSeconds(10).toNanos(); kept.isOpen(); ) {
                assertThat(System.nanoTime())
                        .as("until the end of the connection is noticed")
                        .isLessThan(end);
                Thread.onSpinWait();
            }

            assertThat(connections.take(host)).isNull();
        }
    }

    @Test
    void the_answer_must_come_in_time() {
        try (var server = new RawServer((connection, request) -> "HTTP/1.1 200 OK\r\n");
                var hasty = new Callbacks(timers, Duration.ofMillis(200))) {
            assertThatThrownBy(() -> get(hasty, server.url("/slow")))
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("/slow")
                    .hasMessageContaining("200 ms");
        }
    }

    @Test
    void of_a_long_body_the_beginning_is_kept_and_the_connection_is_closed() throws Exception {
        String endless = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(100_000);
        try (var server = new RawServer((connection, request) -> endless)) {
            assertThat(get(callbacks, server.url("/")).body()).isEqualTo("x".repeat(1_024));
            assertThat(server.awaitEndOfConnection()).isTrue();
        }
    }

    @Test
    void an_answer_with_endless_headers_fails() {
        String header = "X-Header: " + "x".repeat(100) + "\r\n";
        try (var server = new RawServer((connection, request) -> "HTTP/1.1 200 OK\r\n" + header.repeat(1_000))) {
            assertThatThrownBy(() -> get(callbacks, server.url("/")))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("header");
        }
    }

    @Test
    void what_is_not_http_fails() {
        try (var server = new RawServer((connection, request) -> "220 smtp.example.org ESMTP\r\n\r\n")) {
            assertThatThrownBy(() -> get(callbacks, server.url("/"))).cause().isNotInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void a_connection_that_the_server_wants_closed_is_not_used_again() throws Exception {
        try (var server =
                new RawServer((connection, request) -> OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))) {
            get(callbacks, server.url("/first"));
            get(callbacks, server.url("/second"));

            assertThat(server.requests()).containsExactly("GET /first", "GET /second");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_body_is_sent_at_once_with_its_length() throws Exception {
        try (var server = new RawServer((connection, request) -> OK)) {
            callbacks
                    .send("PUT", server.url("/"), Map.of("Content-Type", "text/plain"), "Clösed")
                    .get(2, TimeUnit.SECONDS);

            assertThat(server.heads())
                    .contains("Content-Length: 7", "Content-Type: text/plain")
                    .noneMatch(line -> line.startsWith("Expect") || line.startsWith("Transfer-Encoding"));
        }
    }

    @Test
    void header_values_reach_the_participant_byte_for_byte() throws Exception {
        StringBuilder every = new StringBuilder();
        for (char c = ' '; c <= '\u00ff'; c++) {
            every.append(c == '\u007f' ? "" : c);
        }
        String data = every.toString().strip();
        try (var server = new RawServer((connection, request) -> OK)) {
            callbacks.send("PUT", server.url("/"), Map.of("Data", data), "").get(10, TimeUnit.SECONDS);

            assertThat(server.heads()).contains("Data: " + data);
        }
    }

    @Test
    void an_answer_that_trickles_is_given_up_with_its_connection() throws Exception {
        try (var server = new RawServer((connection, request) -> RawServer.TRICKLE);
                var hasty = new Callbacks(timers, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> get(hasty, server.url("/"))).hasCauseInstanceOf(TimeoutException.class);
            assertThat(server.awaitEndOfConnection()).isTrue();
        }
    }

    @Test
    void what_was_given_up_before_it_was_sent_is_never_sent() throws Exception {
        var connections = new Connections(timers, Duration.ofSeconds(10), new BasicClientTlsStrategy());
        var release = new CountDownLatch(1);
        try (var server = new RawServer((connection, request) -> OK);
                var hasty = new Callbacks(timers, Duration.ofMillis(200), connections)) {
            for (int i = 0; i < 100; i++) {
                connections.threads().execute(() -> await(release));
            }
            assertThatThrownBy(() -> get(hasty, server.url("/late"))).hasCauseInstanceOf(TimeoutException.class);
            release.countDown();

            assertThat(hasty.send("GET", server.url("/next"), Map.of(), "")
                            .get(10, TimeUnit.SECONDS)
                            .status())
                    .isEqualTo(200);
            assertThat(server.requests()).containsExactly("GET /next");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @RepeatedTest(10)
    void closing_breaks_off_what_is_under_way() throws Exception {
        try (var server = new RawServer((connection, request) -> "HTTP/1.1 200 OK\r\n")) {
            CompletableFuture<Reply> call = callbacks.send("GET", server.url("/"), Map.of(), "");
            server.awaitRequest();
            callbacks.close();

            assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> get(callbacks, server.url("/"))).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void over_tls_the_certificate_must_be_trusted_and_the_hosts(@TempDir Path folder) throws Exception {
        SSLContext tls = tlsFor("localhost", folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try (var trusting = new Callbacks(timers, Duration.ofSeconds(10), tls)) {
            assertThat(get(trusting, URI.create("https://localhost:" + port + "/"))
                            .status())
                    .isEqualTo(204);
            assertThatThrownBy(() -> get(trusting, URI.create("https://127.0.0.1:" + port + "/")))
                    .hasCauseInstanceOf(SSLException.class);
            assertThatThrownBy(() -> get(callbacks, URI.create("https://localhost:" + port + "/")))
                    .hasCauseInstanceOf(SSLException.class);
        } finally {
            server.stop(0);
        }
    }

    private static Reply get(Callbacks callbacks, URI target) throws Exception {
        return callbacks.send("GET", target, Map.of(), "").get(20, TimeUnit.SECONDS);
    }

    private static SSLContext tlsFor(String host, Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return tls;
    }

    /** Answers bytes; nothing means that the connection is closed instead. */
    private static final class RawServer implements AutoCloseable {
        /** A header every 50 ms, without end. */
        static final String TRICKLE = "trickle";

        interface Script {
            /** Both are counted from one. */
            String answer(int connection, int request);
        }

        private final ServerSocket server;
        private final Script script;
        private final AtomicInteger connections = new AtomicInteger();
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<String> heads = new CopyOnWriteArrayList<>();
        private final List<Socket> open = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> requested = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        RawServer(Script script) {
            this.script = script;
            try {
                server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException noPort) {
                throw new UncheckedIOException(noPort);
            }
            start(this::accept);
        }

        private static void start(Runnable work) {
            var thread = new Thread(work, "raw-server");
            thread.setDaemon(true);
            thread.start();
        }

        URI url(String path) {
            return URI.create("http://localhost:" + server.getLocalPort() + path);
        }

        int connections() {
            return connections.get();
        }

        List<String> requests() {
            return List.copyOf(requests);
        }

        /** The lines of all requests' headers. */
        List<String> heads() {
            return List.copyOf(heads);
        }

        void awaitRequest() throws Exception {
            requested.get(10, TimeUnit.SECONDS);
        }

        boolean awaitEndOfConnection() throws Exception {
            ended.get(10, TimeUnit.SECONDS);
            return true;
        }

        void closeConnections() throws IOException {
            for (Socket socket : open) {
                socket.close();
            }
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    int number = connections.incrementAndGet();
                    start(() -> serve(socket, number));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void serve(Socket socket, int connection) {
            try (socket;
                    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
                OutputStream out = socket.getOutputStream();
                for (int request = 1; ; request++) {
                    String line = in.readLine();
                    if (line == null) {
                        break;
                    }
                    requests.add(line.replace(" HTTP/1.1", ""));
                    requested.complete(null);
                    int length = 0;
                    while (!line.isEmpty()) {
                        line = in.readLine();
                        heads.add(line);
                        length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
                    }
                    in.skip(length);
                    String answer = script.answer(connection, request);
                    if (answer.isEmpty()) {
                        break;
                    }
                    if (answer.equals(TRICKLE)) {
                        trickle(out);
                    }
                    out.write(answer.getBytes(US_ASCII));
                    out.flush();
                }
            } catch (IOException brokenOff) {
                // The client has closed the connection.
            } finally {
                ended.complete(null);
            }
        }

        private static void trickle(OutputStream out) throws IOException {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            while (true) {
                out.write("X: y\r\n".getBytes(US_ASCII));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }

        @Override
        public void close() {
            try {
                server.close();
                closeConnections();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
