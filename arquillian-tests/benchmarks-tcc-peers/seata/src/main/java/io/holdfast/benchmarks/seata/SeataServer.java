package io.holdfast.benchmarks.seata;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Seata's server, which forces its files, as a child of this JVM. */
final class SeataServer implements AutoCloseable {
    /** Where the client looks for it, see file.conf. Nobody else is in this network. */
    private static final int PORT = 8091;

    private static final int CONSOLE_PORT = 7091;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Process process;

    private SeataServer(Process process) {
        this.process = process;
    }

    /**
     * Returns when it can be connected.
     *
     * @param jars a directory with its class path
     * @param directory for its files
     */
    static SeataServer start(Path jars, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms512m",
                        "-Xmx512m",
                        "-Duser.home=" + directory,
                        "-Dserver.port=" + CONSOLE_PORT,
                        "-Dserver.address=127.0.0.1",
                        "-Dseata.server.service-port=" + PORT,
                        "-Dseata.store.mode=file",
                        "-Dseata.store.file.dir=" + directory.resolve("store"),
                        "-Dseata.store.file.flush-disk-mode=sync",
                        "-classpath",
                        jars.resolve("*").toString(),
                        "io.seata.server.ServerApplication")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
        SeataServer server = new SeataServer(process);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isListening()) {
            if (System.nanoTime() > deadline || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                server.close();
                throw new IllegalStateException("the Seata server does not listen, see " + directory + "/server.log");
            }
        }
        return server;
    }

    private static boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The CPU time that it has used so far. */
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the CPU time of a process is not known here"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
