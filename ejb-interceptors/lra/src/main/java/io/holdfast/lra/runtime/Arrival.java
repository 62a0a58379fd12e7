package io.holdfast.lra.runtime;

import io.holdfast.lra.client.LraId;
import io.holdfast.lra.model.LraMethod;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request for a resource method.
 *
 * @param name class and method, for coordinators' lists and messages
 * @param method empty for a class without annotations of MicroProfile LRA
 * @param link the callbacks of the class for an LRA, as a Link header; empty if it does not join
 */
public record Arrival(
        String name, Optional<LraMethod> method, Incoming headers, Function<LraId, Optional<String>> link) {

    /**
     * The headers of a request that LRAs need, as they came.
     *
     * @param isCallback whether it says that it comes from a coordinator
     * @param data what the coordinator keeps for the participant
     */
    public record Incoming(Optional<String> lra, Optional<String> parent, boolean isCallback, Optional<String> data) {}
}
