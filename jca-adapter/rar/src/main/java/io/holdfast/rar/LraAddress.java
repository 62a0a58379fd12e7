package io.holdfast.rar;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the LRA of a branch is, as the engine keeps it: first the intent (coordinator and token, forced before the coordinator hears
 * of it), later with the LRA. Written as {@code lra1 coordinator token kind lra}, separated by blanks, {@code -} for no LRA yet.
 *
 * @param token a random owner token that only this adapter and the coordinator know
 * @param kind what is known about the coordinator
 * @param lra null as long as the coordinator's answer to the start is not known
 */
record LraAddress(
        URI coordinator, String token, Kind kind, @Nullable URI lra) {
    private static final String VERSION = "lra1";
    private static final String NO_LRA = "-";
    private static final int FIELDS = 5;
    private static final Pattern BLANK = Pattern.compile(" ");

    /** What is known about a coordinator. */
    enum Kind {
        /** It has not answered yet. */
        UNKNOWN,
        /** It echoed the token: it holds, and only the owner ends its LRA. */
        OURS,
        /** It did not: the plain MicroProfile contract. */
        FOREIGN,
        /** Ours; the LRA had no participants and was closed at prepare, so that it has only to be forgotten. */
        CLOSED_EMPTY;

        boolean isOurs() {
            return this == OURS || this == CLOSED_EMPTY;
        }
    }

    static LraAddress intent(URI coordinator, String token) {
        return new LraAddress(coordinator, token, Kind.UNKNOWN, null);
    }

    LraAddress started(URI startedLra, boolean ours) {
        return new LraAddress(coordinator, token, ours ? Kind.OURS : Kind.FOREIGN, startedLra);
    }

    LraAddress closedEmpty() {
        return new LraAddress(coordinator, token, Kind.CLOSED_EMPTY, lra);
    }

    String encode() {
        return String.join(
                " ", VERSION, coordinator.toString(), token, kind.name(), lra == null ? NO_LRA : lra.toString());
    }

    /** For people: the LRA, or the coordinator as long as there is none. */
    String describe() {
        return lra == null ? "none yet at " + coordinator : lra.toString();
    }

    static boolean isOne(String address) {
        return address.startsWith(VERSION + " ");
    }

    /** @throws IllegalArgumentException if it is not one that this release can read */
    static LraAddress decode(String address) {
        String[] fields = BLANK.split(address, -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw new IllegalArgumentException("Not the address of an LRA: " + address);
        }
        URI lra = fields[4].equals(NO_LRA) ? null : URI.create(fields[4]);
        return new LraAddress(URI.create(fields[1]), fields[2], Kind.valueOf(fields[3]), lra);
    }
}
