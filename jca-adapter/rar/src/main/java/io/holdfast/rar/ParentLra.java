package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An LRA that the LRA of a branch is to be nested in, which only its own coordinator can do. */
final class ParentLra {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private ParentLra() {}

    /**
     * The LRA, when its id is one of the coordinator's. All names of this machine's loopback are one.
     *
     * @throws HoldfastException if it is another's; nothing has changed
     */
    static URI checked(URI lra, URI coordinator) {
        boolean own = scheme(lra).equals(scheme(coordinator))
                && host(lra).equals(host(coordinator))
                && port(lra) == port(coordinator)
                && coordinatorPath(lra).equals(coordinator.getRawPath());
        if (!own) {
            throw new HoldfastException(AdapterMessage.FOREIGN_PARENT.text(lra, coordinator));
        }
        return lra;
    }

    private static String scheme(URI address) {
        return lowerCase(address.getScheme());
    }

    private static String host(URI address) {
        String host = lowerCase(address.getHost());
        return LOOPBACK.contains(host) ? "localhost" : host;
    }

    private static String lowerCase(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return scheme(address).equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    /** What stands before the LRA's own id. */
    private static String coordinatorPath(URI lra) {
        String path = lra.getRawPath();
        return path == null || path.indexOf('/') < 0 ? "" : path.substring(0, path.lastIndexOf('/'));
    }
}
