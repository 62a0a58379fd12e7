package io.holdfast.lra.cdi;

import java.util.Optional;

/**
 * Other LRA participants that serve the same application: those of WildFly's subsystem, whose classes its deployments see when they have
 * LRA annotations, and narayana-lra in the application itself. Nobody must enlist twice.
 */
public final class OtherParticipants {
    private static final String NARAYANA = "io.narayana.lra.filter.ServerLRAFilter";

    private OtherParticipants() {}

    public static Optional<String> find(ClassLoader application) {
        try {
            Class.forName(NARAYANA, false, application);
            return Optional.of(NARAYANA);
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        }
    }
}
