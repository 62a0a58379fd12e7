package io.holdfast.tests.tck;

import java.nio.file.Path;
import java.util.Locale;

/** Which combination of server, participants and coordinator this run is about; from system properties. Immutable. */
record TckRun(Server server, Participants participants, Coordinator coordinator) {
    /** Where the TCK's archives are deployed: {@code -Dtck.server}. */
    enum Server {
        WILDFLY,
        PAYARA
    }

    /** Who makes LRA participants of them: {@code -Dtck.participants}. */
    enum Participants {
        /** WildFly's subsystem. */
        STOCK,
        /** holdfast-lra, which goes into each archive. */
        HOLDFAST
    }

    /** {@code -Dtck.coordinator}. */
    enum Coordinator {
        /** lra-coordinator.war on the same server. */
        HOLDFAST,
        /** lra-coordinator.war on a Payara beside the WildFly with the archives. */
        PAYARA,
        /** WildFly's subsystem, on the same server. */
        NARAYANA
    }

    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    static TckRun current() {
        return new TckRun(
                value(Server.class, "tck.server", Server.WILDFLY),
                value(Participants.class, "tck.participants", Participants.STOCK),
                value(Coordinator.class, "tck.coordinator", Coordinator.HOLDFAST));
    }

    /** Of what the build has copied for the tests. */
    static Path archive(String name) {
        return ARCHIVES.resolve(name);
    }

    private static <E extends Enum<E>> E value(Class<E> type, String property, E otherwise) {
        String value = System.getProperty(property);
        return value == null ? otherwise : Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    }
}
