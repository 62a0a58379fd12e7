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

    private static final String SUBSYSTEM = "microprofile-lra-coordinator";

    /** What people write. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isSubsystem() {
        return this == NARAYANA;
    }

    /** The server's configuration with this coordinator in it. */
    String configured(String standaloneXml) {
        if (!isSubsystem()) {
            return standaloneXml;
        }
        return standaloneXml
                .replace(
                        "</extensions>",
                        "<extension module=\"org.wildfly.extension." + extension() + "\"/></extensions>")
                .replace("</profile>", "<subsystem xmlns=\"urn:wildfly:" + SUBSYSTEM + ":1.0\"/></profile>");
    }

    private static String extension() {
        return SUBSYSTEM.replace("microprofile-", "microprofile.");
    }
}
