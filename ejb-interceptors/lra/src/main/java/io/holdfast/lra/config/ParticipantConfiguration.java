package io.holdfast.lra.config;

import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The properties of the library. {@value #COORDINATORS} is what narayana-lra's clients have, and may list several, separated by commas.
 */
public final class ParticipantConfiguration {
    /** Where LRAs are started; one to sixteen URLs, separated by commas. */
    public static final String COORDINATORS = "lra.coordinator.url";
    /** Where LRAs that others started may be besides these; URLs, separated by commas. */
    public static final String TRUSTED = "holdfast.lra.trusted.coordinators";
    /** For one connection to a coordinator. */
    public static final String CONNECT_TIMEOUT_MS = "holdfast.lra.connect.timeout.ms";
    /** From a request to a coordinator to the last byte of its answer. */
    public static final String RESPONSE_TIMEOUT_MS = "holdfast.lra.response.timeout.ms";

    /**
     * Where coordinators reach this server, when it is not where callers reach it: an http or https URL; the path of the
     * application is put behind it.
     */
    public static final String PARTICIPANT_URL = "holdfast.lra.participant.url";
    /** What makes the addresses of callbacks that are no JAX-RS methods unguessable; 16 characters or more, the same on all nodes. */
    public static final String CALLBACK_SECRET = "holdfast.lra.callback.secret";
    /** The specification's ("Configuration parameters"): true by default. */
    public static final String PROPAGATION = "mp.lra.propagation.active";

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on");
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 1_024;
    private static final String DEFAULT_COORDINATOR = "http://localhost:8080/lra-coordinator/lra-coordinator";
    private static final long SHORTEST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 600_000;
    private static final int MAX_COORDINATORS = 16;

    private ParticipantConfiguration() {}

    /** @throws ConfigurationException if a property is not what it has to be */
    public static ParticipantSettings readAll(PropertySource source) {
        return new ParticipantSettings(
                read(source),
                source.text(PARTICIPANT_URL)
                        .map(text -> address(PARTICIPANT_URL, text).toString()),
                source.text(PROPAGATION)
                        .map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true),
                source.text(CALLBACK_SECRET).map(ParticipantConfiguration::secret));
    }

    private static String secret(String text) {
        if (text.length() < SHORTEST_SECRET || text.length() > LONGEST_SECRET) {
            throw new ConfigurationException(
                    CALLBACK_SECRET,
                    SHORTEST_SECRET + " to " + LONGEST_SECRET + " characters",
                    text.length() + " characters");
        }
        return text;
    }

    /** @throws ConfigurationException if a property is not what it has to be */
    public static CoordinatorSettings read(PropertySource source) {
        List<CoordinatorAddress> coordinators = addresses(source, COORDINATORS);
        if (coordinators.size() > MAX_COORDINATORS) {
            throw new ConfigurationException(
                    COORDINATORS, "at most " + MAX_COORDINATORS + " URLs", String.valueOf(coordinators.size()));
        }
        return new CoordinatorSettings(
                coordinators.isEmpty() ? List.of(CoordinatorAddress.parse(DEFAULT_COORDINATOR)) : coordinators,
                Set.copyOf(addresses(source, TRUSTED)),
                millis(source, CONNECT_TIMEOUT_MS, CoordinatorSettings.DEFAULT_CONNECT_TIMEOUT),
                millis(source, RESPONSE_TIMEOUT_MS, CoordinatorSettings.DEFAULT_RESPONSE_TIMEOUT));
    }

    private static List<CoordinatorAddress> addresses(PropertySource source, String name) {
        return source.list(name).map(text -> address(name, text)).toList();
    }

    private static CoordinatorAddress address(String name, String text) {
        try {
            return CoordinatorAddress.parse(text);
        } catch (IllegalArgumentException notOne) {
            throw new ConfigurationException(name, CoordinatorAddress.FORM, text);
        }
    }

    private static Duration millis(PropertySource source, String name, Duration defaultValue) {
        String text = source.text(name).orElseGet(() -> String.valueOf(defaultValue.toMillis()));
        if (text.matches("[0-9]{1,9}")) {
            long millis = Long.parseLong(text);
            if (millis >= SHORTEST_MILLIS && millis <= LONGEST_MILLIS) {
                return Duration.ofMillis(millis);
            }
        }
        throw new ConfigurationException(name, SHORTEST_MILLIS + " to " + LONGEST_MILLIS + " milliseconds", text);
    }
}
