package io.holdfast.scenarios.server;

import static io.holdfast.scenarios.Stage.coordinatorBase;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wildfly.core.launcher.CliCommandBuilder;
import org.wildfly.core.launcher.Launcher;

/** An unpacked WildFly. Confined to one thread at a time. */
public final class WildFlyHome {
    /** The configuration file that the script changes and the server runs with. */
    public static final String CONFIGURATION = "standalone-full.xml";

    private static final String SCRIPT = "configure-wildfly.cli";
    private static final String ADAPTER_PROPERTY =
            "/subsystem=resource-adapters/resource-adapter=holdfast/config-properties=";
    private static final String COMMANDS = "commands.cli";
    private static final String END_OF_SCRIPT = "stop-embedded-server";
    private static final long SCRIPT_SECONDS = 120;
    private static final String STANDALONE = "standalone";
    private static final String UNPACKED = "standalone.unpacked";
    private static final List<String> PROGRAMS = List.of("jboss-modules.jar", "modules", "bin", "welcome-content");

    private final Path home;

    public WildFlyHome(Path home) {
        if (!Files.isRegularFile(home.resolve("jboss-modules.jar"))) {
            throw new IllegalArgumentException(home + " is no WildFly");
        }
        this.home = home;
    }

    /** Another one beside it, with a configuration, data and logs of its own; the programs are the same files. */
    public WildFlyHome neighbour() {
        Path beside = home.resolveSibling(home.getFileName() + "-neighbour");
        try {
            if (!Files.exists(beside.resolve(STANDALONE))) {
                Files.createDirectories(beside);
                Path unpacked = home.resolve(Files.exists(home.resolve(UNPACKED)) ? UNPACKED : STANDALONE);
                FileTree.copy(unpacked, beside.resolve(STANDALONE));
            }
            for (String program : PROGRAMS) {
                Path link = beside.resolve(program);
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, home.resolve(program).toAbsolutePath());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WildFlyHome(beside);
    }

    public Path path() {
        return home;
    }

    public Path log() {
        return home.resolve("standalone/log/server.log");
    }

    public Path data() {
        return home.resolve("standalone/data");
    }

    /**
     * Puts the server back to what was unpacked, data and logs gone, and configures it by the script.
     *
     * @param deployments archives that it starts with
     */
    public void configure(Path... deployments) {
        configure(Set.of(), deployments);
    }

    /** @param adapterProperties of the resource adapter, beside those that the script sets */
    public void configure(Map<String, String> adapterProperties) {
        configure(adapterProperties.entrySet().stream()
                .map(property ->
                        ADAPTER_PROPERTY + property.getKey() + ":add(value=\"" + property.getValue() + "\")\n"));
    }

    /** @param subsystems of its own for LRA; the script adds none */
    public void configure(Set<LraSubsystem> subsystems, Path... deployments) {
        configure(Stream.concat(
                subsystems.stream().map(LraSubsystem::commands),
                Arrays.stream(deployments).map(archive -> "deploy \"" + archive + "\"\n")));
    }

    private void configure(Stream<String> moreCommands) {
        try {
            FileTree.reset(home.resolve(STANDALONE), home.resolve(UNPACKED));
            runScript(moreCommands.collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody who may do everything in the management console; lost when the server is configured again. */
    public void addManagementUser(String name, String password) {
        appendTo("mgmt-users.properties", name + "=" + hash(name, "ManagementRealm", password));
    }

    /** Somebody whom applications know, with roles; lost when the server is configured again. */
    public void addApplicationUser(String name, String password, String... roles) {
        appendTo("application-users.properties", name + "=" + hash(name, "ApplicationRealm", password));
        appendTo("application-roles.properties", name + "=" + String.join(",", roles));
    }

    private static String hash(String name, String realm, String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            String text = String.join(":", name, realm, password);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private void appendTo(String file, String line) {
        try {
            Files.writeString(
                    home.resolve(STANDALONE).resolve("configuration").resolve(file),
                    "\n" + line + "\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options for the server's JVM, with the coordinator on the server itself. */
    public static List<String> javaOptions(WildFlyPorts ports) {
        return javaOptions(ports, coordinatorBase(ports.root()));
    }

    /** @param coordinator where the server's LRA participants find the coordinator */
    public static List<String> javaOptions(WildFlyPorts ports, URI coordinator) {
        String root = ports.root().toString();
        return List.of(
                "-Xms64m",
                "-Xmx512m",
                // These servers end before the second compiler has earned what it costs.
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Djboss.socket.binding.port-offset=" + ports.offset(),
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.bind.address.unsecure=127.0.0.1",
                "-Dholdfast.coordinator.base.url=" + coordinator,
                "-Dholdfast.sample.account.url=" + root + "account/api",
                "-Dholdfast.sample.merchant.url=" + root + "merchant/api",
                // Recovery within seconds: a pass every 10 s, 2 s between its two looks.
                "-DRecoveryEnvironmentBean.periodicRecoveryPeriod=10",
                "-DRecoveryEnvironmentBean.recoveryBackoffPeriod=2");
    }

    private void runScript(String more) throws IOException {
        Path script = home.resolve(SCRIPT);
        try (InputStream source = WildFlyHome.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            String commands = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(script, commands.replace(END_OF_SCRIPT, more + END_OF_SCRIPT));
        }
        runCli(SCRIPT, CliCommandBuilder.asModularLauncher(home).setScriptFile(script));
    }

    /**
     * Gives commands to the server that runs, as {@code bin/jboss-cli.sh --connect} does.
     *
     * @param management its port
     * @return what the server says
     * @throws IllegalStateException with the output when one of them fails
     */
    String cli(int management, String... commands) {
        Path script = home.resolve(COMMANDS);
        try {
            Files.writeString(script, String.join("\n", commands) + "\n");
            return runCli(
                    COMMANDS,
                    CliCommandBuilder.asModularLauncher(home)
                            .setConnection("127.0.0.1", management)
                            .setScriptFile(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String runCli(String script, CliCommandBuilder cli) throws IOException {
        Path output = home.resolve(script + ".out");
        Process process = Launcher.of(cli.addJavaOption("-Xmx256m"))
                .addEnvironmentVariable("JBOSS_HOME", home.toString())
                .setDirectory(home)
                .setRedirectErrorStream(true)
                .redirectOutput(output)
                .launch();
        if (exitCode(process) != 0) {
            throw new IllegalStateException(script + " failed:\n" + Files.readString(output));
        }
        return Files.readString(output);
    }

    private static int exitCode(Process process) {
        try {
            if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("jboss-cli took longer than " + SCRIPT_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in jboss-cli", e);
        }
    }
}
