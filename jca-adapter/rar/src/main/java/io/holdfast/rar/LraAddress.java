package io.holdfast.rar;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the LRA of a branch is, as the engine keeps it: first the intent (coordinator, token and parent, forced before the coordinator hears
 * of it), later with the LRA. Written as {@code lra1 coordinator token kind lra}, separated by blanks, {@code -} for no LRA yet; a nested
 * one as {@code lra2 coordinator token kind lra parent}, which releases that know no nested ones do not take for another.
 *
 * @param token a random owner token that only this adapter and the coordinator know
 * @param kind what is known about the coordinator
 * @param lra null as long as the coordinator's answer to the start is not known
 * @param parent the LRA that it is nested in; null for a top-level one
 */
record LraAddress(
        URI coordinator,
        String token,
        Kind kind,
        @Nullable URI lra,
        @Nullable URI parent) {
    private static final String TOP_LEVEL = "lra1";
    private static final String NESTED = "lra2";
    private static final String NO_LRA = "-";
    private static final int FIELDS = 5;
    private static final int FIELDS_OF_NESTED = 6;
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

    /** @param parent null for a top-level one */
    static LraAddress intent(URI coordinator, String token, @Nullable URI parent) {
        return new LraAddress(coordinator, token, Kind.UNKNOWN, null, parent);
    }

    LraAddress started(URI startedLra, boolean ours) {
        return new LraAddress(coordinator, token, ours ? Kind.OURS : Kind.FOREIGN, startedLra, parent);
    }

    LraAddress closedEmpty() {
        return new LraAddress(coordinator, token, Kind.CLOSED_EMPTY, lra, parent);
    }

    String encode() {
        String fields =
                String.join(" ", coordinator.toString(), token, kind.name(), lra == null ? NO_LRA : lra.toString());
        return parent == null ? TOP_LEVEL + " " + fields : NESTED + " " + fields + " " + parent;
    }

    /** For people: the LRA, or the coordinator as long as there is none. */
    String describe() {
        return lra == null ? "none yet at " + coordinator : lra.toString();
    }

    static boolean isOne(String address) {
        return address.startsWith(TOP_LEVEL + " ") || address.startsWith(NESTED + " ");
    }

    /** @throws IllegalArgumentException if it is not one that this release can read */
    static LraAddress decode(String address) {
        String[] fields = BLANK.split(address, -1);
        boolean nested = fields[0].equals(NESTED) && fields.length == FIELDS_OF_NESTED;
        if (!nested && !(fields[0].equals(TOP_LEVEL) && fields.length == FIELDS)) {
            throw new IllegalArgumentException("Not the address of an LRA: " + address);
        }
        URI lra = fields[4].equals(NO_LRA) ? null : URI.create(fields[4]);
        URI parent = nested ? URI.create(fields[FIELDS]) : null;
        return new LraAddress(URI.create(fields[1]), fields[2], Kind.valueOf(fields[3]), lra, parent);
    }
}
