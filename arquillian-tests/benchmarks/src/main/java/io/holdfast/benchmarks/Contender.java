package io.holdfast.benchmarks;

import java.util.Locale;

/** A coordinator that is measured. */
enum Contender {
    /** Narayana's: the subsystem that WildFly ships, with its default, durable object store. */
    NARAYANA,
    /** Ours, with forced writes. */
    HOLDFAST,
    /** One that only exchanges the messages. */
    FLOOR;

    private static final String COORDINATOR = "lra-coordinator";
    private static final String PARTICIPANT = "lra-participant";

    /** What people write. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isSubsystem() {
        return this == NARAYANA;
    }

    /** The server's configuration with this coordinator in it. */
    String configured(String standaloneXml) {
        return isSubsystem() ? withSubsystem(standaloneXml, COORDINATOR, "") : standaloneXml;
    }

    /** The server's configuration with this maker's library for participants in it, where that is a subsystem. */
    String participating(String standaloneXml) {
        return isSubsystem()
                ? withSubsystem(
                        standaloneXml,
                        PARTICIPANT,
                        " lra-coordinator-url=\"${" + ParticipantCost.COORDINATOR_URL + "}\"")
                : standaloneXml;
    }

    private static String withSubsystem(String standaloneXml, String name, String attributes) {
        return standaloneXml
                .replace(
                        "</extensions>",
                        "<extension module=\"org.wildfly.extension.microprofile." + name + "\"/></extensions>")
                .replace(
                        "</profile>",
                        "<subsystem xmlns=\"urn:wildfly:microprofile-" + name + ":1.0\"" + attributes + "/></profile>");
    }
}
