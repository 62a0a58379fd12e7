package io.holdfast.rar;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Where HTTP participants may be: this machine's loopback, and what an administrator has listed. Names are never looked up. */
final class AllowedHosts {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");
    private static final String ANY = "*";
    private static final String ANY_BELOW = "*.";

    private final String text;
    private final List<Predicate<String>> rules;

    private AllowedHosts(String text, List<Predicate<String>> rules) {
        this.text = text;
        this.rules = rules;
    }

    /** @throws IllegalArgumentException naming the entry that is no name, no address, not *.domain and not * */
    static AllowedHosts parse(String list) {
        List<String> entries = Arrays.stream(list.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new AllowedHosts(
                entries.isEmpty() ? "loopback only" : "loopback, " + String.join(", ", entries),
                entries.stream().map(AllowedHosts::rule).toList());
    }

    private static Predicate<String> rule(String entry) {
        if (entry.equals(ANY)) {
            return host -> true;
        }
        boolean below = entry.startsWith(ANY_BELOW);
        String name = below ? entry.substring(ANY_BELOW.length()) : entry;
        if (!NAME.matcher(name).matches()) {
            throw AdapterSettings.bad("participantHosts", entry, "host names, addresses, *.domain or *");
        }
        return below ? host -> host.endsWith("." + name) : name::equals;
    }

    /** @param host as it stands in a URL */
    boolean allow(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(name).matches() || rules.stream().anyMatch(rule -> rule.test(name));
    }

    /** Equal when they were read from the same list. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedHosts that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
