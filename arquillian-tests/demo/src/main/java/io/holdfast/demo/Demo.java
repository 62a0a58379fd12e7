package io.holdfast.demo;

import io.holdfast.scenarios.LogAudit;
import io.holdfast.scenarios.Narrator;
import io.holdfast.scenarios.Performance;
import io.holdfast.scenarios.Performance.Result;
import io.holdfast.scenarios.Scenarios;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts a WildFly or a Payara with the adapter, the coordinator, the bank and the shop, plays the scenarios and prints what happened. {@code mvn -Pdemo}
 * runs it; its settings are system properties:
 *
 * <ul>
 *   <li>{@code server}: wildfly (the default) or payara
 *   <li>{@code holdfast.server.home}: that server, unpacked, which is reset and configured
 *   <li>{@code holdfast.deployments}: the directory of the archives
 *   <li>{@code demo.exit}: stop the server at the end; the exit code is 0 only if everything was as it must be
 *   <li>{@code demo.break}: deposit money that nobody has written down, so that the invariants must fail
 *   <li>{@code demo.seed}: for the random choices
 * </ul>
 */
public final class Demo {
    private static final String DEFAULT_SEED = "20260101";
    /** The management client greets at INFO; a field, since loggers are kept by weak references. */
    private static final Logger CLIENTS = Logger.getLogger("org");

    private final Narrator narrator = new Narrator(System.out);
    private final Path home = Path.of(required("holdfast.server.home"));
    private final Path archives = Path.of(required("holdfast.deployments"));
    private final KillSwitch killSwitch = new KillSwitch(home.resolve("kill-switch"), KillSwitch.TRANSACTION_MANAGER);
    private final ServerControl server;
    private final Stage stage;

    private Demo() {
        narrator.title("Configuring and starting the server in " + home);
        server = configured();
        stage = new Stage(server, killSwitch, narrator, Long.parseLong(System.getProperty("demo.seed", DEFAULT_SEED)));
    }

    private ServerControl configured() {
        String kind = System.getProperty("server", "wildfly");
        return switch (kind) {
            case "wildfly" -> {
                var wildFly = new WildFlyHome(home);
                wildFly.configure(Stage.ADAPTER_PROPERTIES);
                yield new WildFlyProcess(wildFly, WildFlyPorts.free(), killSwitch.javaOptions(), archives);
            }
            case "payara" -> {
                var payara = new PayaraHome(home);
                payara.configure(killSwitch.javaOptions());
                yield new PayaraProcess(payara, archives, Stage.ADAPTER_PROPERTIES);
            }
            default -> throw new IllegalArgumentException("-Dserver is wildfly or payara, not " + kind);
        };
    }

    public static void main(String[] arguments) {
        CLIENTS.setLevel(Level.WARNING);
        int exitCode = new Demo().run();
        System.exit(exitCode);
    }

    private int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
        stage.open();
        narrator.step("the bank is at " + stage.bank().page() + ", the shop at "
                + stage.shop().page());
        boolean passed = play();
        if (isSet("demo.exit")) {
            return passed ? 0 : 1;
        }
        narrator.line("The server stays up. The bank: " + stage.bank().page() + "  The shop: "
                + stage.shop().page() + "  Ctrl-C stops everything.");
        waitForEver();
        return 0;
    }

    private boolean play() {
        Performance performance = new Performance(stage);
        Scenarios.all().forEach(performance::play);
        if (isSet("demo.break")) {
            narrator.title("demo.break: 10.00 for alice that nobody has written down");
            narrator.step(stage.bank().deposit("alice", BigDecimal.TEN).toString());
        }
        performance.audit();
        performance.add(auditOfLog());
        narrator.title("Result, seed " + stage.seed());
        narrator.line(performance.table());
        narrator.line("The bank's page: " + stage.bank().page());
        return performance.allPassed();
    }

    private Result auditOfLog() {
        narrator.title("log. Every warning and error in the server's log is expected");
        narrator.step(server.log().toString());
        long start = System.nanoTime();
        List<String> unexpected = LogAudit.withCommittedList().unexpected(server.log());
        unexpected.forEach(line -> narrator.step("not on the list: " + line));
        Optional<String> failure = unexpected.isEmpty()
                ? Optional.empty()
                : Optional.of(unexpected.size() + " lines that " + LogAudit.EXPECTED + " does not explain, first:\n"
                        + unexpected.get(0));
        return new Result(
                "log", "Every warning and error is expected", failure, Duration.ofNanos(System.nanoTime() - start));
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isSet(String property) {
        return Boolean.getBoolean(property);
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalArgumentException("system property " + property + " is missing");
        }
        return value;
    }
}
