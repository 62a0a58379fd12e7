package io.holdfast.tests.adapter;

import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A server with the adapter, to be started.
 *
 * @param byteman where it can be halted at points of a transaction
 * @param recovery the longest time between two passes of the transaction manager's recovery, or, where it recovers at its start only,
 *     zero
 * @param archives to be deployed once it runs
 * @param startToDie starts it, and waits until its JVM has ended by itself
 * @param redeployAdapter replaces the adapter that is deployed
 */
record AdapterServer(
        String name,
        ServerControl control,
        Optional<KillSwitch> byteman,
        Duration recovery,
        List<String> archives,
        Consumer<Duration> startToDie,
        Runnable redeployAdapter,
        Supplier<ProcessHandle> process) {
    static final String ADAPTER = "holdfast.rar";
    static final String COORDINATOR = "lra-coordinator.war";
    static final String LEDGER = "ledger.war";
    static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    /** A pass every 10 s, with 2 s between its two looks, as the tests configure WildFly. */
    private static final Duration WILDFLY_RECOVERY = Duration.ofSeconds(12);

    /** @param coordinator the public root of the server on which the coordinator is */
    static AdapterServer wildFly(URI coordinator, String... javaOptions) {
        WildFlyHome home = wildFlyHome();
        home.configure();
        return wildFly(home, withCoordinator(coordinator, javaOptions));
    }

    /** Without Byteman, which keeps each class that its rules have changed, and so its class loader. */
    static AdapterServer wildFlyWithoutByteman(URI coordinator, String... javaOptions) {
        WildFlyHome home = wildFlyHome();
        home.configure();
        return wildFly(home, Optional.empty(), withCoordinator(coordinator, javaOptions));
    }

    static WildFlyHome wildFlyHome() {
        return new WildFlyHome(Path.of(System.getProperty("holdfast.wildfly.home")));
    }

    /**
     * With the coordinator on the same server, where no option says otherwise.
     *
     * @param home configured already
     */
    static AdapterServer wildFly(WildFlyHome home, String... javaOptions) {
        return wildFly(home, Optional.of(killSwitch(home.path())), javaOptions);
    }

    private static AdapterServer wildFly(WildFlyHome home, Optional<KillSwitch> killSwitch, String... javaOptions) {
        WildFlyProcess process =
                new WildFlyProcess(home, WildFlyPorts.free(), options(killSwitch, javaOptions), ARCHIVES);
        return new AdapterServer(
                "WildFly",
                process,
                killSwitch,
                WILDFLY_RECOVERY,
                List.of(ADAPTER, COORDINATOR, LEDGER),
                process::startToDie,
                () -> process.deploy(ADAPTER),
                process::process);
    }

    /** @param coordinator the public root of the server on which the coordinator is */
    static AdapterServer payara(URI coordinator, String... javaOptions) {
        return payara(payaraHome(), withCoordinator(coordinator, javaOptions));
    }

    /** Without Byteman, as that of WildFly. */
    static AdapterServer payaraWithoutByteman(URI coordinator, String... javaOptions) {
        return payara(payaraHome(), Optional.empty(), withCoordinator(coordinator, javaOptions));
    }

    static PayaraHome payaraHome() {
        return new PayaraHome(Path.of(System.getProperty("holdfast.payara.home")));
    }

    /** With the coordinator on the same server, where no option says otherwise; configures it. */
    static AdapterServer payara(PayaraHome home, String... javaOptions) {
        return payara(home, Optional.of(killSwitch(home.path())), javaOptions);
    }

    private static AdapterServer payara(PayaraHome home, Optional<KillSwitch> killSwitch, String... javaOptions) {
        home.configure(options(killSwitch, javaOptions));
        PayaraProcess process = new PayaraProcess(home, ARCHIVES);
        return new AdapterServer(
                "Payara",
                process,
                killSwitch,
                Duration.ZERO,
                List.of(ADAPTER, COORDINATOR, LEDGER),
                process::startToDie,
                process::redeployAdapter,
                process::process);
    }

    private static KillSwitch killSwitch(Path server) {
        return new KillSwitch(server.resolve("kill-switch"), KillSwitch.ADAPTER);
    }

    /** The options and that for the public root of the server on which the coordinator is. */
    static String[] withCoordinator(URI root, String... javaOptions) {
        String option = "-Dholdfast.coordinator.base.url=" + Stage.coordinatorBase(root);
        return Stream.concat(Stream.of(javaOptions), Stream.of(option)).toArray(String[]::new);
    }

    /** The servers start often and do little, so that compiling well does not pay. */
    private static List<String> options(Optional<KillSwitch> killSwitch, String... javaOptions) {
        return Stream.of(
                        Stream.of("-XX:TieredStopAtLevel=1"),
                        killSwitch.stream().flatMap(agent -> agent.javaOptions().stream()),
                        Stream.of(javaOptions))
                .flatMap(options -> options)
                .toList();
    }

    KillSwitch killSwitch() {
        return byteman.orElseThrow(() -> new IllegalStateException(name + " runs without Byteman"));
    }

    AdapterServer with(String... deployed) {
        return new AdapterServer(
                name, control, byteman, recovery, List.of(deployed), startToDie, redeployAdapter, process);
    }

    /** Starts it for the first time. */
    void open() {
        open(() -> {});
    }

    /** @param prepare what its administrator does once it runs, before anything is deployed */
    void open(Runnable prepare) {
        Runtime.getRuntime().addShutdownHook(new Thread(control::stop, "stop-server"));
        control.start();
        prepare.run();
        archives.forEach(control::deploy);
    }

    AdapterBeans beans() {
        return AdapterBeans.of(process.get());
    }
}
