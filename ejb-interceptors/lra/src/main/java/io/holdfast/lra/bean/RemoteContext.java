package io.holdfast.lra.bean;

import io.holdfast.lra.runtime.Wire;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** The LRA that came with the call of a remote session bean, among the interceptors' context data. */
final class RemoteContext {
    private RemoteContext() {}

    static Optional<String> lraOf(Map<String, Object> contextData) {
        return Wire.EJB.isOn() && contextData.get(LRA.LRA_HTTP_CONTEXT_HEADER) instanceof String lra && !lra.isBlank()
                ? Optional.of(lra)
                : Optional.empty();
    }
}
