package io.holdfast.lra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator over TLS, whose certificate is for localhost. */
class CoordinatorTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
    private @Nullable HttpsServer server;
    private @Nullable SSLContext tls;

    @BeforeEach
    void start() throws Exception {
        tls = tlsFor("localhost", folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            connections.add(exchange.getRemoteAddress().getPort());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void connections_are_kept_and_looked_at_before_they_are_used_again() throws Exception {
        LraId lra = lra("localhost");

        try (var client = new CoordinatorClient(CoordinatorSettings.of(lra.coordinator()), tls)) {
            assertThat(client.status(lra)).isEqualTo(LRAStatus.Active);
            Thread.sleep(300);
            assertThat(client.status(lra)).isEqualTo(LRAStatus.Active);
        }
        assertThat(connections).hasSize(1);
    }

    @Test
    void a_certificate_of_another_host_is_no_coordinator_s() throws Exception {
        assertNotConnected(lra("127.0.0.1"), tls);
    }

    @Test
    void a_certificate_that_nobody_trusts_is_none_either() throws Exception {
        assertNotConnected(lra("localhost"), null);
    }

    private static void assertNotConnected(LraId lra, @Nullable SSLContext trusted) {
        try (var client = new CoordinatorClient(CoordinatorSettings.of(lra.coordinator()), trusted)) {
            assertThatExceptionOfType(CoordinatorUnreachableException.class)
                    .isThrownBy(() -> client.status(lra))
                    .withMessageStartingWith("HFPAR010")
                    .withCauseInstanceOf(SSLException.class)
                    .matches(unreachable -> !unreachable.mayHaveBeenDone());
        }
    }

    private LraId lra(String host) throws InvalidLraIdException {
        int port = server == null ? 0 : server.getAddress().getPort();
        return LraId.parse("https://" + host + ":" + port + "/lra-coordinator/1");
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
}
