package io.holdfast.lra.runtime;

import io.holdfast.lra.client.LraId;
import io.holdfast.lra.model.LraRule;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/**
 * What a method runs in.
 *
 * @param active goes with outgoing calls and with the answer
 * @param headers changes of the request's, so that the method sees them; empty for one that it must not see
 * @param governed what has to be done when it has answered
 */
public record Invocation(
        String name,
        Optional<ActiveLra> active,
        Map<String, Optional<String>> headers,
        DataCell data,
        Optional<Governed> governed) {

    /**
     * The LRA that the method runs in by its {@code @LRA}.
     *
     * @param link by which its class joined; empty if it did not
     */
    public record Governed(LraId lra, LraRule rule, Optional<String> link) {}

    /**
     * The LRA that the caller is told of: one nested in the caller's that has ended with its method was the method's own, and the caller
     * goes on in its own (TCK, nestedActivity).
     *
     * @param status what the method answered
     */
    public Optional<String> toldToCaller(int status) {
        boolean nestedHasEnded = governed.map(Governed::rule)
                .filter(rule -> rule.type() == LRA.Type.NESTED && Ending.of(rule, status) != Ending.STAYS_OPEN)
                .isPresent();
        return active.map(lra -> nestedHasEnded ? lra.parent().orElse(lra.id()) : lra.id());
    }
}
