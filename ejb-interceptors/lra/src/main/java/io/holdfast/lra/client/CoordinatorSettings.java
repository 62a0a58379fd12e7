package io.holdfast.lra.client;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which coordinators are called, and how long for. Immutable.
 *
 * @param coordinators where LRAs are started: the first that can be connected
 * @param trusted where LRAs that others started may be, besides these
 * @param connectTimeout for one connection, with TLS
 * @param responseTimeout from the request to the last byte of its answer
 */
public record CoordinatorSettings(
        List<CoordinatorAddress> coordinators,
        Set<CoordinatorAddress> trusted,
        Duration connectTimeout,
        Duration responseTimeout) {
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_COORDINATORS = 16;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public CoordinatorSettings {
        coordinators = List.copyOf(coordinators);
        if (coordinators.isEmpty() || coordinators.size() > MAX_COORDINATORS) {
            throw new IllegalArgumentException(
                    "There must be 1 to " + MAX_COORDINATORS + " coordinators, not " + coordinators.size());
        }
        Set<CoordinatorAddress> all = new LinkedHashSet<>(coordinators);
        all.addAll(trusted);
        trusted = Set.copyOf(all);
        requireBounds("connectTimeout", connectTimeout);
        requireBounds("responseTimeout", responseTimeout);
    }

    /** With the default times, and no others trusted. */
    public static CoordinatorSettings of(CoordinatorAddress... coordinators) {
        return new CoordinatorSettings(
                List.of(coordinators), Set.of(), DEFAULT_CONNECT_TIMEOUT, DEFAULT_RESPONSE_TIMEOUT);
    }

    private static void requireBounds(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be " + SHORTEST.toMillis() + " to " + LONGEST.toMillis()
                    + " milliseconds, not " + value);
        }
    }
}
