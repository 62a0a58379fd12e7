package io.holdfast.lra.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a coordinator is: what the ids of its LRAs begin with. Two addresses are equal when they name the same place, however the host's
 * letters and the port were written.
 *
 * @param scheme http or https
 * @param host as it stands in a URL, in small letters; never looked up, so that a name server cannot make two hosts one
 * @param port -1 for the scheme's own
 * @param path begins with a slash and does not end with one
 */
public record CoordinatorAddress(String scheme, String host, int port, String path) {
    private static final int MAX_CHARACTERS = 1_024;
    /** What an address has to be, for messages. */
    public static final String FORM = "an http or https URL of at most " + MAX_CHARACTERS
            + " characters with a host, without user, query and fragment";

    private static final int MAX_PORT = 65_535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @throws IllegalArgumentException if it is not the URL of a place on a host */
    public static CoordinatorAddress parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw bad(text);
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException notAUrl) {
            throw new IllegalArgumentException(bad(text).getMessage(), notAUrl);
        }
    }

    /** @throws IllegalArgumentException if it is not the URL of a place on a host */
    static CoordinatorAddress of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean isHttp = scheme.equals("http") || scheme.equals("https");
        boolean isPlain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!isHttp || !isPlain || url.getHost() == null || url.getPort() > MAX_PORT) {
            throw bad(url.toString());
        }
        int ownPort = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        String path = url.getRawPath();
        return new CoordinatorAddress(
                scheme,
                url.getHost().toLowerCase(Locale.ROOT),
                url.getPort() == ownPort ? -1 : url.getPort(),
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(FORM + ", not '" + Shown.head(text) + "'");
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port) + path;
    }
}
