package io.holdfast.scenarios.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** The ports of one WildFly: all of its usual ones, moved by one offset. Immutable. */
public record WildFlyPorts(int offset) {
    /** What standalone-full.xml opens: HTTP, HTTPS, AJP, management, IIOP, transaction recovery. */
    private static final List<Integer> USUAL = List.of(8080, 8443, 8009, 9990, 9993, 3528, 3529, 4712, 4713);

    private static final int STEP = 100;
    private static final int HIGHEST = 20_000;

    /** The usual ports when all of them are free, else the first free set above them. */
    public static WildFlyPorts free() {
        return IntStream.iterate(0, offset -> offset <= HIGHEST, offset -> offset + STEP)
                .filter(offset -> USUAL.stream().allMatch(port -> isFree(port + offset)))
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
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
