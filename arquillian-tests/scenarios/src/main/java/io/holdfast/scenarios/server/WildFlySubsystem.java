package io.holdfast.scenarios.server;

/** What WildFly brings itself, and standalone-full.xml does not have. */
public enum WildFlySubsystem {
    /** Narayana's {@code @LRA}, {@code @Complete}, {@code @Compensate} in JAX-RS resources. */
    LRA_PARTICIPANT("""
            /extension=org.wildfly.extension.microprofile.lra-participant:add
            /subsystem=microprofile-lra-participant:add(lra-coordinator-url="${lra.coordinator.url}")
            """),
    /** Narayana's, at {@code /lra-coordinator/lra-coordinator}, where lra-coordinator.war would be. */
    LRA_COORDINATOR("""
            /extension=org.wildfly.extension.microprofile.lra-coordinator:add
            /subsystem=microprofile-lra-coordinator:add(host=default-host, server=default-server)
            """),
    /** MicroProfile Config; where it is, applications of Jakarta REST also have the MicroProfile REST client. */
    CONFIG("""
            /extension=org.wildfly.extension.microprofile.config-smallrye:add
            /subsystem=microprofile-config-smallrye:add
            """);

    private final String commands;

    WildFlySubsystem(String commands) {
        this.commands = commands;
    }

    /** For the CLI. */
    String commands() {
        return commands;
    }
}
