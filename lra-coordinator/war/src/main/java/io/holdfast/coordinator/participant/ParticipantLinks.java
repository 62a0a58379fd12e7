package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.input.HostNotAllowedException;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.ParticipantKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The callback addresses of a participant. The same addresses in another order, or with other titles, are the same participant.
 * Immutable.
 */
public final class ParticipantLinks {
    private final Map<Rel, URI> addresses;

    private ParticipantLinks(Map<Rel, URI> addresses) {
        this.addresses = addresses;
    }

    /**
     * Reads a Link header. Relations that the protocol does not have are ignored.
     *
     * @throws InvalidInputException if it is too long, malformed, or has neither compensate nor after
     */
    public static ParticipantLinks parse(String text) {
        Bounds.atMost(Bounds.MAX_LINK_CHARACTERS, "The Link", text);
        Map<Rel, URI> addresses = new EnumMap<>(Rel.class);
        for (LinkHeader.Link link : LinkHeader.parse(text)) {
            for (String relation : link.relations()) {
                Rel.of(relation).ifPresent(rel -> add(addresses, rel, link.target()));
            }
        }
        if (!addresses.containsKey(Rel.COMPENSATE) && !addresses.containsKey(Rel.AFTER)) {
            throw new InvalidInputException(
                    "A participant needs a Link with rel=compensate or rel=after, not '" + Bounds.shown(text) + "'");
        }
        return new ParticipantLinks(addresses);
    }

    /**
     * Reads a body that says who the participant is: a Link value, or a URL below which its callbacks are.
     *
     * @throws InvalidInputException if it is neither
     */
    public static ParticipantLinks parseBody(String text) {
        String value = text.strip();
        return isLink(value) ? parse(value) : below(value);
    }

    /** Whether a body is a Link value rather than a URL or a participant's data. */
    public static boolean isLink(String text) {
        String value = text.strip();
        return value.startsWith("<") && value.contains("rel=");
    }

    private static ParticipantLinks below(String url) {
        Bounds.atMost(Bounds.MAX_LINK_CHARACTERS, "The participant's URL", url);
        String base = url.endsWith("/") ? url : url + "/";
        Map<Rel, URI> addresses = new EnumMap<>(Rel.class);
        for (Rel rel : new Rel[] {Rel.COMPENSATE, Rel.COMPLETE, Rel.STATUS}) {
            add(addresses, rel, base + rel.word());
        }
        return new ParticipantLinks(addresses);
    }

    private static void add(Map<Rel, URI> addresses, Rel rel, String target) {
        URI address = callback(target);
        URI earlier = addresses.putIfAbsent(rel, address);
        if (earlier != null && !earlier.equals(address)) {
            throw new InvalidInputException(
                    "The Link has two addresses for rel=" + rel.word() + ": " + earlier + " and " + address);
        }
    }

    private static URI callback(String target) {
        URI address;
        try {
            address = new URI(target);
        } catch (URISyntaxException notAUrl) {
            throw new InvalidInputException("'" + Bounds.shown(target) + "' is not a URL");
        }
        String scheme = address.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || address.getHost() == null || address.getPort() > Bounds.MAX_PORT) {
            throw new InvalidInputException(
                    "A callback needs an http or https URL with a host, not '" + Bounds.shown(target) + "'");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new InvalidInputException(
                    "A callback's URL must have no user and no fragment: '" + Bounds.shown(target) + "'");
        }
        return address;
    }

    /** @throws HostNotAllowedException if an address is on a host that is not trusted */
    public ParticipantLinks checkedAgainst(HostList hosts) {
        for (URI address : addresses.values()) {
            if (!hosts.allows(address.getHost())) {
                throw new HostNotAllowedException("Callbacks to the host '" + Bounds.shown(address.getHost())
                        + "' are not allowed; allowed are " + hosts + " (holdfast.coordinator.callback.hosts)");
            }
        }
        return this;
    }

    /** @throws InvalidInputException if the earlier links have an address for compensate, forget or after and these have none */
    public void checkHasAllThatIsTold(ParticipantLinks earlier) {
        for (Rel rel : List.of(Rel.COMPENSATE, Rel.FORGET, Rel.AFTER)) {
            if (earlier.addresses.containsKey(rel) && !addresses.containsKey(rel)) {
                throw new InvalidInputException("The participant joined with rel=" + rel.word()
                        + ", so that its new Link needs an address for it: '" + Bounds.shown(toString()) + "'");
            }
        }
    }

    public Optional<URI> find(Rel rel) {
        return Optional.ofNullable(addresses.get(rel));
    }

    /** Whether it only wants to know how the LRA ended. */
    public boolean isListenerOnly() {
        return !addresses.containsKey(Rel.COMPENSATE);
    }

    /** What the engine takes the participant for. */
    public ParticipantKind kind() {
        return isListenerOnly() ? ParticipantKind.LISTENER : ParticipantKind.ACTED;
    }

    /** What the participant wants to be told after its part is over. */
    public Set<Notice> wants() {
        Set<Notice> wants = EnumSet.noneOf(Notice.class);
        if (addresses.containsKey(Rel.FORGET)) {
            wants.add(Notice.FORGET);
        }
        if (addresses.containsKey(Rel.AFTER)) {
            wants.add(Notice.OUTCOME);
        }
        return wants;
    }

    /** As a Link header, in a fixed order; {@link #parse} reads it. */
    @Override
    public String toString() {
        return addresses.entrySet().stream()
                .map(each -> "<" + each.getValue() + ">; rel=\"" + each.getKey().word() + "\"")
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParticipantLinks that && addresses.equals(that.addresses);
    }

    @Override
    public int hashCode() {
        return addresses.hashCode();
    }
}
