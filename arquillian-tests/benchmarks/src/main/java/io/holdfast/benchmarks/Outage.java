package io.holdfast.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A participant that is not there for now. Confined to one thread. */
final class Outage {
    private static final System.Logger LOG = System.getLogger(Outage.class.getName());
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 30_000;

    private final int port;
    private final Closeable failing;

    private Outage(int port, Closeable failing) {
        this.port = port;
        this.failing = failing;
    }

    /** Nobody listens at its port. */
    static Outage refusing() throws IOException {
        try (ServerSocket socket = listen()) {
            return new Outage(socket.getLocalPort(), () -> {});
        }
    }

    /** Connections to it are accepted, requests never answered. */
    static Outage hanging() throws IOException {
        ServerSocket server = listen();
        List<Socket> silent = new ArrayList<>();
        Thread acceptor = Daemon.start("hanging", () -> acceptAll(server, silent));
        return new Outage(server.getLocalPort(), () -> {
            server.close();
            Daemon.await(acceptor);
            synchronized (silent) {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        });
    }

    /** Below the ports that systems give to outgoing connections, one of which would else have it when the participant comes back. */
    private static ServerSocket listen() throws IOException {
        for (int port = FIRST_PORT; port < LAST_PORT; port++) {
            try {
                return new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
            } catch (BindException inUse) {
                LOG.log(System.Logger.Level.DEBUG, "Port {0} is in use", port);
            }
        }
        throw new BindException("No port from " + FIRST_PORT + " to " + LAST_PORT + " is free");
    }

    private static void acceptAll(ServerSocket server, List<Socket> silent) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                synchronized (silent) {
                    silent.add(socket);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    int port() {
        return port;
    }

    /** It is back at its port and says yes. */
    Participants end() throws IOException {
        failing.close();
        return new Participants(port);
    }
}
