package io.holdfast.tests.payara;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The broker that comes with Payara, in a process of its own, with its data beside the domain's. Confined to one thread. */
final class OpenMq {
    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 30;

    private final Path home;
    private final int port;
    /** Another one than that of an earlier run. */
    private final Path data;

    private @Nullable Process process;

    /**
     * @param payara where Payara was unpacked
     * @param port free, on the loopback address
     */
    OpenMq(Path payara, int port) {
        this.home = payara.resolve("mq");
        this.port = port;
        this.data = home.resolveSibling("broker-" + port);
    }

    int port() {
        return port;
    }

    /** Returns when it listens. */
    void start() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dimq.home=" + home,
                "-Dimq.libhome=" + home.resolve("lib"),
                "-Dimq.etchome=" + home.resolve("etc"),
                "-Dimq.varhome=" + data,
                "-cp",
                home.resolve("lib/imqbroker.jar").toString(),
                "com.sun.messaging.jmq.jmsserver.Broker",
                "-Dimq.hostname=127.0.0.1",
                "-port",
                Integer.toString(port));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolveSibling(data.getFileName() + ".log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("the broker").atMost(START).until(this::isListening);
    }

    /** In order, as an administrator does; returns when the process is gone. */
    void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IllegalStateException("the broker did not stop within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
