package io.holdfast.tests.coordinator;

import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.CoordinatorClient;
import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.LogAudit;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The server under test with lra-coordinator.war as its only application: a WildFly, or with {@code -Dserver=payara} a Payara. */
final class CoordinatorServer implements AutoCloseable {
    static final String ARCHIVE = "lra-coordinator.war";

    private static final Path HOME = Path.of(System.getProperty("holdfast.server.home"));
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));
    /** So that tests of what is still under way need not wait for long. */
    private static final String END_WAIT = "-Dholdfast.coordinator.end.wait.ms=1000";

    /** Who may use the operations, and who may not. */
    static final String OPERATOR = "ada";

    static final String GUEST = "eve";
    static final String PASSWORD = "a-password";
    static final String ROLE = "holdfast-operator";

    private static final String OPERATORS_ROLE = "-Dholdfast.coordinator.operators.role=" + ROLE;

    private static final Duration READY = Duration.ofSeconds(60);

    /**
     * Payara's listener, container and JAX-RS complain of each request that they cannot read, and of each client that has hung up,
     * whatever application is meant.
     */
    private static final Pattern PAYARA_ON_REQUESTS = Pattern.compile(
            "\\[(org\\.glassfish\\.grizzly\\.filterchain\\.DefaultFilterChain|jakarta\\.enterprise\\.web\\.core"
                    + "|org\\.glassfish\\.jersey\\.server\\.ServerRuntime\\$Responder)]");

    private final JsonHttp http = new JsonHttp();
    private final ServerControl server;
    private final KillSwitch killSwitch;
    private final CoordinatorClient client;

    private CoordinatorServer(ServerControl server, KillSwitch killSwitch) {
        this.server = server;
        this.killSwitch = killSwitch;
        this.client = new CoordinatorClient(http, base());
    }

    /** A fresh one that runs. */
    static CoordinatorServer started(String... javaOptions) {
        var killSwitch = new KillSwitch(HOME.resolve("kill-switch"), KillSwitch.COORDINATOR);
        boolean payara = System.getProperty("server", "wildfly").equals("payara");
        CoordinatorServer started = payara ? payara(killSwitch) : running(wildFly(killSwitch, javaOptions), killSwitch);
        started.awaitReady();
        return started;
    }

    private static CoordinatorServer running(ServerControl server, KillSwitch killSwitch) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
        server.start();
        return new CoordinatorServer(server, killSwitch);
    }

    private static CoordinatorServer payara(KillSwitch killSwitch) {
        var home = new PayaraHome(HOME);
        home.configure(List.of(END_WAIT, OPERATORS_ROLE));
        CoordinatorServer started = running(new PayaraProcess(home, ARCHIVES), killSwitch);
        var resources = new PayaraResources(home);
        resources.createUser(OPERATOR, PASSWORD, ROLE);
        resources.createUser(GUEST, PASSWORD, "guest");
        started.server.deploy(ARCHIVE);
        return started;
    }

    private static ServerControl wildFly(KillSwitch killSwitch, String... javaOptions) {
        var home = new WildFlyHome(HOME);
        home.configure(ARCHIVES.resolve(ARCHIVE));
        home.addApplicationUser(OPERATOR, PASSWORD, ROLE);
        home.addApplicationUser(GUEST, PASSWORD, "guest");
        List<String> options = new ArrayList<>(killSwitch.javaOptions());
        options.add(END_WAIT);
        options.add(OPERATORS_ROLE);
        options.addAll(List.of(javaOptions));
        return new WildFlyProcess(home, WildFlyPorts.free(), options, ARCHIVES);
    }

    URI base() {
        return Stage.coordinatorBase(server.root());
    }

    JsonHttp http() {
        return http;
    }

    CoordinatorClient client() {
        return client;
    }

    KillSwitch killSwitch() {
        return killSwitch;
    }

    ServerControl control() {
        return server;
    }

    Path logDirectory() {
        return server.data()
                .resolve(
                        System.getProperty("server", "wildfly").equals("payara")
                                ? "coordinator"
                                : "holdfast/coordinator");
    }

    /** Starts it again after its death. */
    void restart() {
        server.start();
        awaitReady();
    }

    /** Deploys the coordinator again. */
    void redeploy() {
        server.deploy(ARCHIVE);
        awaitReady();
    }

    private void awaitReady() {
        await("the coordinator").atMost(READY).ignoreExceptions().until(() -> client.lras() != null);
    }

    /** The warnings and errors of the server's log that nobody expected, since its first start. */
    List<String> complaints() {
        return LogAudit.withCommittedList().unexpected(server.log()).stream()
                .filter(line -> !PAYARA_ON_REQUESTS.matcher(line).find())
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
