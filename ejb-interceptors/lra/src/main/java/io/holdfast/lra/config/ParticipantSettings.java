package io.holdfast.lra.config;

import io.holdfast.lra.client.CoordinatorSettings;
import java.util.Optional;

/**
 * What the library was told about its coordinators and itself. Immutable.
 *
 * @param baseUrl what stands before the context path in the addresses of callbacks; empty for what each request says
 * @param propagates whether a resource without annotations hands the LRA of its request on to outgoing calls
 * @param callbackSecret from which the addresses of plain callbacks are made; empty for one that this server keeps
 */
public record ParticipantSettings(
        CoordinatorSettings coordinators,
        Optional<String> baseUrl,
        boolean propagates,
        Optional<String> callbackSecret) {
    /** With the specification's default for propagation, and nothing else set. */
    public static ParticipantSettings of(CoordinatorSettings coordinators) {
        return new ParticipantSettings(coordinators, Optional.empty(), true, Optional.empty());
    }
}
