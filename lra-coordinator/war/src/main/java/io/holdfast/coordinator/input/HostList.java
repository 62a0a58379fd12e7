package io.holdfast.coordinator.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are trusted: the loopback ones always, and those that are listed. Names are compared as they are written and never
 * looked up, so that a name server cannot widen the list. Immutable.
 */
public final class HostList {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern ENTRY =
            Pattern.compile("\\*|(\\*\\.)?[a-z0-9_]([a-z0-9_-]*)(\\.[a-z0-9_-]+)*\\.?|\\[[0-9a-f:.]+]");

    private final List<String> entries;

    private HostList(List<String> entries) {
        this.entries = entries;
    }

    /**
     * Reads a comma separated list.
     *
     * @param text of names, addresses ({@code 10.0.0.7}, {@code [fd00::7]}), {@code *.example.com} for every name below, or
     *     {@code *} for every host; may be empty
     * @throws InvalidInputException if an entry is none of these
     */
    public static HostList parse(String text) {
        List<String> entries = Arrays.stream(text.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
        for (String entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new InvalidInputException("'" + entry + "' is not a host name, an address, *.domain or *");
            }
        }
        return new HostList(entries);
    }

    /** This list and one more host. */
    public HostList and(String host) {
        return new HostList(Stream.concat(entries.stream(), Stream.of(host.toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** This list and the other's hosts. */
    public HostList and(HostList other) {
        return new HostList(
                Stream.concat(entries.stream(), other.entries.stream()).toList());
    }

    /** Whether the host, as it stands in a URL, is trusted. */
    public boolean allows(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(name).matches() || entries.stream().anyMatch(entry -> matches(entry, name));
    }

    private static boolean matches(String entry, String name) {
        return entry.equals("*")
                || entry.equals(name)
                || (entry.startsWith("*.") && name.length() > entry.length() - 1 && name.endsWith(entry.substring(1)));
    }

    @Override
    public String toString() {
        return entries.isEmpty() ? "loopback" : "loopback, " + String.join(", ", entries);
    }
}
