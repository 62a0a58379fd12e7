package io.holdfast.benchmarks;

import io.holdfast.scenarios.server.WildFlyPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly with one coordinator, in a directory and a JVM of its own. Confined to one thread. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final String CONFIGURATION = "standalone.xml";
    private static final String DRIVER = "postgresql.jar";
    private static final Pattern RESOURCE_ADAPTERS =
            Pattern.compile("(<subsystem xmlns=\"urn:jboss:domain:resource-adapters:[0-9.]+\")/>");

    private final Contender contender;
    private final WildFlyPorts ports;
    private final Process process;
    private final Path directory;

    private Server(Contender contender, WildFlyPorts ports, Process process, Path directory) {
        this.contender = contender;
        this.ports = ports;
        this.process = process;
        this.directory = directory;
    }

    /**
     * Lays out an empty server for that coordinator.
     *
     * @param name of its directory
     */
    static Path prepare(Settings settings, Contender contender, String name) throws IOException {
        Path directory = layOut(settings, name, contender::configured);
        if (!contender.isSubsystem()) {
            deploy(settings.archive(contender.word()), directory, "lra-coordinator.war");
        }
        return directory;
    }

    /** Lays out a server with a participant that uses the library of that maker. */
    static Path prepareParticipant(Settings settings, Contender contender) throws IOException {
        String name = "participant-" + contender.word();
        Path directory = layOut(settings, name, contender::participating);
        deploy(settings.archive(name), directory, "participant.war");
        return directory;
    }

    /** Lays out a server with the resource adapter and the application with TCC participants. */
    static Path prepareTcc(Settings settings) throws IOException {
        Path directory = layOut(settings, "tcc", Server::withAdapter);
        deploy(settings.adapter(), directory, "holdfast.rar");
        deploy(settings.archive("tcc"), directory, "tcc.war");
        return directory;
    }

    /**
     * Lays out a server with the resource adapter and the application whose TCC participants change a database.
     *
     * @param postgres the address of a PostgreSQL that trusts its superuser
     */
    static Path prepareTccFence(Settings settings, String postgres) throws IOException {
        Path directory = layOut(settings, "tcc-fence", xml -> withDatabases(withAdapter(xml), postgres));
        deploy(settings.driver(), directory, DRIVER);
        deploy(settings.adapter(), directory, "holdfast.rar");
        deploy(settings.archive("tcc-fence"), directory, "tcc-fence.war");
        return directory;
    }

    private static String withDatabases(String standaloneXml, String postgres) {
        return standaloneXml.replaceFirst(
                "<datasources>",
                Matcher.quoteReplacement("<datasources>"
                        + dataSource("postgres", postgres, DRIVER, "postgres")
                        + dataSource(
                                "h2",
                                "jdbc:h2:file:${jboss.server.data.dir}/h2;WRITE_DELAY=0;LOCK_TIMEOUT=20000",
                                "h2",
                                "sa")));
    }

    private static String dataSource(String name, String url, String driver, String user) {
        return String.format(Locale.ROOT, """
                <datasource jndi-name="java:/jdbc/%1$s" pool-name="%1$s" enabled="true">
                  <connection-url>%2$s</connection-url>
                  <driver>%3$s</driver>
                  <pool><max-pool-size>64</max-pool-size></pool>
                  <security user-name="%4$s" password="%4$s"/>
                </datasource>
                """, name, url, driver, user);
    }

    /** As docs/adapter.md has it; a transaction keeps its connection, so that each thread needs one. */
    private static String withAdapter(String standaloneXml) {
        Matcher empty = RESOURCE_ADAPTERS.matcher(standaloneXml);
        if (!empty.find()) {
            throw new IllegalStateException(CONFIGURATION + " has no empty subsystem for resource adapters");
        }
        return empty.replaceFirst(Matcher.quoteReplacement(empty.group(1) + """
                ><resource-adapters><resource-adapter id="holdfast">
                  <archive>holdfast.rar</archive>
                  <transaction-support>XATransaction</transaction-support>
                  <config-property name="logDirectory">${jboss.server.data.dir}/holdfast/adapter</config-property>
                  <connection-definitions>
                    <connection-definition class-name="io.holdfast.rar.HoldfastManagedConnectionFactory"
                        jndi-name="java:/eis/holdfast" enabled="true" use-java-context="true" pool-name="holdfast">
                      <xa-pool><max-pool-size>64</max-pool-size></xa-pool>
                      <recovery><recover-credential user-name="recovery" password="recovery"/></recovery>
                    </connection-definition>
                  </connection-definitions>
                </resource-adapter></resource-adapters></subsystem>
                """));
    }

    private static Path layOut(Settings settings, String name, UnaryOperator<String> configured) throws IOException {
        Path directory = settings.directory().resolve("servers").resolve(name);
        Tree.delete(directory);
        Tree.copy(settings.serverHome().resolve("standalone"), directory);
        Path configuration = directory.resolve("configuration").resolve(CONFIGURATION);
        Files.writeString(configuration, configured.apply(Files.readString(configuration)));
        return directory;
    }

    private static void deploy(Path archive, Path directory, String name) throws IOException {
        Files.copy(archive, directory.resolve("deployments").resolve(name));
    }

    /** Starts the server in that directory; returns when the coordinator starts an LRA. */
    static Server start(Settings settings, Contender contender, Path directory) throws IOException {
        Server server = launch(settings, contender, directory);
        server.awaitLra("a start", client -> client.cancel(client.start()).equals("Cancelled"));
        return server;
    }

    /** Starts the server's JVM and returns at once. */
    static Server launch(Settings settings, Contender contender, Path directory, String... options) throws IOException {
        WildFlyPorts ports = WildFlyPorts.free();
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(settings.serverHome())
                .setBaseDirectory(directory)
                .setServerConfiguration(CONFIGURATION)
                .setJavaOptions(settings.serverJavaOptions())
                .addJavaOptions(options)
                .addJavaOptions(
                        "-Djboss.socket.binding.port-offset=" + ports.offset(),
                        "-Djboss.bind.address=127.0.0.1",
                        "-Djboss.bind.address.management=127.0.0.1");
        Process process = Launcher.of(command)
                .setRedirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log"))
                .launch();
        return new Server(contender, ports, process, directory);
    }

    /** A question to the coordinator. */
    @FunctionalInterface
    interface Question {
        boolean ask(LraClient client) throws IOException;
    }

    /** A question to a server. */
    @FunctionalInterface
    interface PortQuestion {
        boolean ask(int port) throws IOException;
    }

    /** Asks the coordinator until it is answered with yes; stops the server and fails if that does not come. */
    void awaitLra(String what, Question question) {
        await(what, port -> {
            try (LraClient client = new LraClient(port)) {
                return question.ask(client);
            }
        });
    }

    /** Asks until it is answered with yes; stops the server and fails if that does not come. */
    void await(String what, PortQuestion question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isYes(question)) {
            if (System.nanoTime() > deadline || isGoneWithin(LOOK_AGAIN)) {
                close();
                throw new IllegalStateException(
                        contender.word() + " does not answer " + what + ", see " + directory + "/log/server.log");
            }
        }
    }

    private boolean isYes(PortQuestion question) {
        try {
            return question.ask(port());
        } catch (IOException | IllegalStateException notYet) {
            return false;
        }
    }

    private boolean isGoneWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    int port() {
        return ports.http();
    }

    Contender contender() {
        return contender;
    }

    /** The CPU time that the server's process has used so far. */
    Duration cpu() {
        return Usage.cpuOf(process.toHandle());
    }

    long pid() {
        return process.pid();
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Ends its JVM at once, as kill -9 does; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        if (!isGoneWithin(STOP)) {
            throw new IllegalStateException("process " + process.pid() + " still lives");
        }
    }

    /** Stops it in order; does nothing when it is gone. */
    @Override
    public void close() {
        process.destroy();
        if (!isGoneWithin(STOP)) {
            process.destroyForcibly();
        }
    }
}
