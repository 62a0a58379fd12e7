package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.HttpParticipant;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP participant as the engine keeps it. Written as {@code http1 confirm cancel status}, separated by blanks, {@code -} for none. */
record HttpAddress(URI confirm, URI cancel, @Nullable URI status) {
    private static final String VERSION = "http1";
    private static final String NONE = "-";
    private static final int FIELDS = 4;
    private static final int MAX_CHARACTERS = 2048;
    private static final int MAX_PORT = 65_535;
    private static final Pattern BLANK = Pattern.compile(" ");

    /** @throws HoldfastException for an address that is not to be called */
    static HttpAddress checked(HttpParticipant participant, AllowedHosts hosts) {
        check("confirm", participant.confirm(), hosts);
        check("cancel", participant.cancel(), hosts);
        if (participant.status() != null) {
            check("status", participant.status(), hosts);
        }
        return new HttpAddress(participant.confirm(), participant.cancel(), participant.status());
    }

    private static void check(String what, URI address, AllowedHosts hosts) {
        String problem = problem(address, hosts);
        if (problem != null) {
            throw new HoldfastException(AdapterMessage.BAD_ADDRESS.text(what, address, problem));
        }
    }

    /** What the address must be and is not; null when it may be called. */
    static @Nullable String problem(URI address, AllowedHosts hosts) {
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        boolean plain = address.getRawUserInfo() == null && address.getRawFragment() == null;
        if (!http || !plain || address.getHost() == null || address.getPort() > MAX_PORT) {
            return "an absolute http or https address without user and fragment";
        }
        if (address.toString().length() > MAX_CHARACTERS) {
            return "of at most " + MAX_CHARACTERS + " characters, not "
                    + address.toString().length();
        }
        return hosts.allow(address.getHost()) ? null : "at one of the allowed hosts (" + hosts + ")";
    }

    String endpoint() {
        return confirm.getScheme() + "://" + confirm.getRawAuthority();
    }

    String encode() {
        return String.join(
                " ", VERSION, confirm.toString(), cancel.toString(), status == null ? NONE : status.toString());
    }

    static boolean isOne(String address) {
        return address.startsWith(VERSION + " ");
    }

    static HttpAddress decode(String address) {
        String[] fields = BLANK.split(address, -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw new IllegalArgumentException("Not the address of an HTTP participant: " + address);
        }
        URI status = fields[3].equals(NONE) ? null : URI.create(fields[3]);
        return new HttpAddress(URI.create(fields[1]), URI.create(fields[2]), status);
    }
}
