package io.holdfast.scenarios.server;

/** What WildFly brings itself for LRA (Narayana's), and standalone-full.xml does not have. */
public enum LraSubsystem {
    /** {@code @LRA}, {@code @Complete}, {@code @Compensate} in JAX-RS resources. */
    PARTICIPANT("""
            /extension=org.wildfly.extension.microprofile.lra-participant:add
            /subsystem=microprofile-lra-participant:add(lra-coordinator-url="${lra.coordinator.url}")
            """),
    /** At {@code /lra-coordinator/lra-coordinator}, where lra-coordinator.war would be. */
    COORDINATOR("""
            /extension=org.wildfly.extension.microprofile.lra-coordinator:add
            /subsystem=microprofile-lra-coordinator:add(host=default-host, server=default-server)
            """);

    private final String commands;

    LraSubsystem(String commands) {
        this.commands = commands;
    }

    /** For the CLI. */
    String commands() {
        return commands;
    }
}
