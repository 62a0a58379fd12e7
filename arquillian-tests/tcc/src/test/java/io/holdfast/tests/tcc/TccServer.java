package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Servers with the adapter and a database for the shop, started and ready to take it. */
final class TccServer {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private TccServer() {}

    /** Who may use the operations, and who may not. */
    static final String OPERATOR = "ada";

    static final String GUEST = "eve";
    static final String PASSWORD = "a-password";

    private static final String ROLE = "holdfast-operator";
    private static final List<String> WITH_OPERATORS = List.of("-Dholdfast.coordinator.operators.role=" + ROLE);

    /** Who fails is told again after ten minutes, or when a person says so; the first failure raises an alarm. */
    private static final Map<String, String> PATIENT =
            Map.of("retryMaxMillis", "600000", "retryFirstMillis", "600000", "alarmAfterAttempts", "1");

    static ServerControl wildFly() {
        return wildFly(List.of());
    }

    /** One whose coordinator has operators, and whose adapter is patient. */
    static ServerControl wildFlyWithOperators() {
        WildFlyProcess server = wildFly(WITH_OPERATORS);
        server.setAdapterProperties(PATIENT);
        return server;
    }

    private static WildFlyProcess wildFly(List<String> javaOptions) {
        WildFlyHome home = new WildFlyHome(Path.of(System.getProperty("holdfast.wildfly.home")));
        home.configure(ARCHIVES.resolve("holdfast.rar"));
        home.addApplicationUser(OPERATOR, PASSWORD, ROLE);
        home.addApplicationUser(GUEST, PASSWORD, "guest");
        WildFlyProcess server = new WildFlyProcess(home, WildFlyPorts.free(), javaOptions, ARCHIVES);
        start(server);
        return server;
    }

    static ServerControl payara() {
        return payara(List.of());
    }

    /** One whose coordinator has operators, and whose adapter is patient. */
    static ServerControl payaraWithOperators() {
        return payara(
                WITH_OPERATORS,
                PATIENT.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new));
    }

    private static ServerControl payara(List<String> javaOptions, String... adapterProperties) {
        PayaraHome home = new PayaraHome(Path.of(System.getProperty("holdfast.payara.home")));
        home.configure(javaOptions);
        ServerControl server = new PayaraProcess(home, ARCHIVES);
        start(server);
        PayaraResources resources = new PayaraResources(home);
        resources.deployAdapter(ARCHIVES.resolve("holdfast.rar"), adapterProperties);
        resources.createDatabase("bank");
        resources.createUser(OPERATOR, PASSWORD, ROLE);
        resources.createUser(GUEST, PASSWORD, "guest");
        return server;
    }

    private static void start(ServerControl server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
        server.start();
    }
}
