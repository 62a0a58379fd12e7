package io.holdfast.lra.config;

import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorSettings;
import java.time.Duration;
import java.util.List;
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

    private static final String DEFAULT_COORDINATOR = "http://localhost:8080/lra-coordinator/lra-coordinator";
    private static final long SHORTEST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 600_000;
    private static final int MAX_COORDINATORS = 16;

    private ParticipantConfiguration() {}

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
