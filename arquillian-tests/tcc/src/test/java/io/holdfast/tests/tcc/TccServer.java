package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.KillSwitch;
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
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server with the adapter and a database for the shop, started and ready to take it.
 *
 * @param byteman where it can be halted at points of a try, a confirm and a cancel
 * @param rollsBackInTime whether its manager rolls a transaction back whose time is over, as WildFly's does. Payara's looks every ten seconds
 *     and marks what it finds, which ends when its caller does
 */
record TccServer(
        ServerControl control, Optional<KillSwitch> byteman, Supplier<ProcessHandle> process, boolean rollsBackInTime) {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    /** Who may use the operations, and who may not. */
    static final String OPERATOR = "ada";

    static final String GUEST = "eve";
    static final String PASSWORD = "a-password";

    private static final String ROLE = "holdfast-operator";
    private static final List<String> WITH_OPERATORS = List.of("-Dholdfast.coordinator.operators.role=" + ROLE);

    /**
     * Who fails is told again after ten minutes, or when a person says so; the first failure raises an alarm. Applications may operate the adapter
     * for those with the role.
     */
    private static final Map<String, String> PATIENT = Map.of(
            "retryMaxMillis", "600000", "retryFirstMillis", "600000", "alarmAfterAttempts", "1", "operatorRole", ROLE);

    /** What the bank's XA data source leads to. */
    private enum Bank {
        H2,
        POSTGRES
    }

    static TccServer wildFly() {
        return new TccServer(wildFly(Bank.H2, List.of()));
    }

    static TccServer wildFlyWithPostgres() {
        return new TccServer(wildFly(Bank.POSTGRES, List.of()));
    }

    static TccServer wildFlyWithByteman() {
        return wildFlyWithByteman(Bank.H2);
    }

    static TccServer wildFlyWithPostgresAndByteman() {
        return wildFlyWithByteman(Bank.POSTGRES);
    }

    /** One whose coordinator has operators, and whose adapter is patient. */
    static TccServer wildFlyWithOperators() {
        WildFlyProcess server = wildFly(Bank.H2, WITH_OPERATORS);
        server.setAdapterProperties(PATIENT);
        return new TccServer(server);
    }

    private static TccServer wildFlyWithByteman(Bank bank) {
        KillSwitch killSwitch = killSwitch(wildFlyHome());
        WildFlyProcess server = wildFly(bank, killSwitch.javaOptions());
        return new TccServer(server, Optional.of(killSwitch), server::process, true);
    }

    private static Path wildFlyHome() {
        return Path.of(System.getProperty("holdfast.wildfly.home"));
    }

    private static WildFlyProcess wildFly(Bank bank, List<String> javaOptions) {
        WildFlyHome home = new WildFlyHome(wildFlyHome());
        home.configure(ARCHIVES.resolve("holdfast.rar"));
        home.addApplicationUser(OPERATOR, PASSWORD, ROLE);
        home.addApplicationUser(GUEST, PASSWORD, "guest");
        WildFlyProcess server = new WildFlyProcess(home, WildFlyPorts.free(), javaOptions, ARCHIVES);
        start(server);
        if (bank == Bank.POSTGRES) {
            replaceBank(server);
        }
        return server;
    }

    private static void replaceBank(WildFlyProcess server) {
        String bank = "/subsystem=datasources/xa-data-source=bank";
        server.deploy(Postgres.DRIVER);
        server.cli(
                bank + ":remove{allow-resource-service-restart=true}",
                "batch",
                bank + ":add(jndi-name=java:/jdbc/bank, driver-name=" + Postgres.DRIVER + ", xa-datasource-class="
                        + Postgres.DATA_SOURCE + ", user-name=" + Postgres.USER + ", password=" + PASSWORD
                        + ", min-pool-size=1, max-pool-size=30)",
                bank + "/xa-datasource-properties=URL:add(value=\"" + Postgres.url() + "\")",
                "run-batch");
    }

    static TccServer payara() {
        return new TccServer(payara(Bank.H2, List.of()));
    }

    static TccServer payaraWithPostgres() {
        return new TccServer(payara(Bank.POSTGRES, List.of()));
    }

    /** One whose adapter rolls back, after 20 seconds, what is not prepared. */
    static TccServer payaraWithByteman() {
        return payaraWithByteman(Bank.H2);
    }

    /** The same. */
    static TccServer payaraWithPostgresAndByteman() {
        return payaraWithByteman(Bank.POSTGRES);
    }

    private static TccServer payaraWithByteman(Bank bank) {
        KillSwitch killSwitch = killSwitch(payaraHome());
        PayaraProcess server = payara(bank, killSwitch.javaOptions(), "lraTimeLimitSeconds=20");
        return new TccServer(server, Optional.of(killSwitch), server::process, false);
    }

    /** One whose coordinator has operators, and whose adapter is patient. */
    static TccServer payaraWithOperators() {
        return new TccServer(payara(
                Bank.H2,
                WITH_OPERATORS,
                PATIENT.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new)));
    }

    private static Path payaraHome() {
        return Path.of(System.getProperty("holdfast.payara.home"));
    }

    private static PayaraProcess payara(Bank bank, List<String> javaOptions, String... adapterProperties) {
        PayaraHome home = new PayaraHome(payaraHome());
        home.configure(javaOptions);
        if (bank == Bank.POSTGRES) {
            home.addLibrary(ARCHIVES.resolve(Postgres.DRIVER));
        }
        PayaraProcess server = new PayaraProcess(home, ARCHIVES);
        start(server);
        PayaraResources resources = new PayaraResources(home);
        resources.deployAdapter(ARCHIVES.resolve("holdfast.rar"), adapterProperties);
        switch (bank) {
            case H2 -> resources.createDatabase("bank");
            case POSTGRES ->
                resources.createDatabase("bank", Postgres.DATA_SOURCE, Postgres.USER, PASSWORD, Postgres.url());
        }
        resources.createUser(OPERATOR, PASSWORD, ROLE);
        resources.createUser(GUEST, PASSWORD, "guest");
        return server;
    }

    private static KillSwitch killSwitch(Path home) {
        return new KillSwitch(home.resolve("kill-switch"), KillSwitch.ADAPTER);
    }

    private static void start(ServerControl server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
        server.start();
    }

    private TccServer(WildFlyProcess server) {
        this(server, Optional.empty(), server::process, true);
    }

    private TccServer(PayaraProcess server) {
        this(server, Optional.empty(), server::process, false);
    }

    KillSwitch killSwitch() {
        return byteman.orElseThrow(() -> new IllegalStateException("The server runs without Byteman"));
    }

    AdapterBeans beans() {
        return AdapterBeans.of(process.get());
    }
}
