package io.holdfast.scenarios.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The ports of one WildFly: all of its usual ones, moved by one offset. Immutable. */
public record WildFlyPorts(int offset) {
    /** What standalone-full.xml opens: HTTP, HTTPS, AJP, management, IIOP, transaction recovery. */
    private static final List<Integer> USUAL = List.of(8080, 8443, 8009, 9990, 9993, 3528, 3529, 4712, 4713);

    private static final int STEP = 100;
    private static final int HIGHEST = 20_000;

    /** Bound as long as this JVM lives by the one who took that offset: its server opens its own ports seconds later. */
    private static final int RESERVATION = 7977;

    private static final List<ServerSocket> RESERVED = new ArrayList<>();

    /** The usual ports when all of them are free and nobody on this machine has been given them, else the first such set above them. */
    public static synchronized WildFlyPorts free() {
        return IntStream.iterate(0, offset -> offset <= HIGHEST, offset -> offset + STEP)
                .filter(offset -> USUAL.stream().allMatch(port -> isFree(port + offset)))
                .filter(WildFlyPorts::reserve)
                .mapToObj(WildFlyPorts::new)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports up to offset " + HIGHEST));
    }

    public int http() {
        return 8080 + offset;
    }

    public int management() {
        return 9990 + offset;
    }

    public URI root() {
        return URI.create("http://127.0.0.1:" + http() + "/");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean reserve(int offset) {
        try {
            RESERVED.add(bind(RESERVATION + offset));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
