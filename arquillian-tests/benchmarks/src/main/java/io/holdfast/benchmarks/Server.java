package io.holdfast.benchmarks;

import io.holdfast.scenarios.server.WildFlyPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly with one coordinator, in a directory and a JVM of its own. Confined to one thread. */
final class Server implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 30;
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final String CONFIGURATION = "standalone.xml";

    private final Contender contender;
    private final WildFlyPorts ports;
    private final Process process;
    private final Path directory;

    private Server(Contender contender, WildFlyPorts ports, Process process, Path directory) {
        this.contender = contender;
        this.ports = ports;
        this.process = process;
        this.directory = directory;
    }

    /** Lays out an empty server for that coordinator. */
    static Path prepare(Settings settings, Contender contender) throws IOException {
        Path directory = settings.directory().resolve("servers").resolve(contender.word());
        delete(directory);
        copy(settings.serverHome().resolve("standalone"), directory);
        Path configuration = directory.resolve("configuration").resolve(CONFIGURATION);
        Files.writeString(configuration, contender.configured(Files.readString(configuration)));
        if (!contender.isSubsystem()) {
            Files.copy(settings.archive(contender), directory.resolve("deployments/lra-coordinator.war"));
        }
        return directory;
    }

    /** Starts the server in that directory; returns when the coordinator starts an LRA. */
    static Server start(Settings settings, Contender contender, Path directory)
            throws IOException, InterruptedException {
        WildFlyPorts ports = WildFlyPorts.free();
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(settings.serverHome())
                .setBaseDirectory(directory)
                .setServerConfiguration(CONFIGURATION)
                .setJavaOptions(settings.serverJavaOptions())
                .addJavaOptions(
                        "-Djboss.socket.binding.port-offset=" + ports.offset(),
                        "-Djboss.bind.address=127.0.0.1",
                        "-Djboss.bind.address.management=127.0.0.1");
        Process process = Launcher.of(command)
                .setRedirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log"))
                .launch();
        Server server = new Server(contender, ports, process, directory);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline || process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                close();
                throw new IllegalStateException(
                        contender.word() + " did not start, see " + directory + "/log/server.log");
            }
        }
    }

    private boolean isReady() {
        try (LraClient client = new LraClient(port())) {
            client.cancel(client.start());
            return true;
        } catch (IOException | IllegalStateException notYet) {
            return false;
        }
    }

    int port() {
        return ports.http();
    }

    Contender contender() {
        return contender;
    }

    /** The CPU time that the server's process has used so far. */
    Duration cpu() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the CPU time of a process is not known here"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path path : tree(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            Files.createDirectories(target.getParent());
            Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> paths = new ArrayList<>(tree(directory));
            for (int last = paths.size() - 1; last >= 0; last--) {
                Files.delete(paths.get(last));
            }
        }
    }

    private static List<Path> tree(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
