package io.holdfast.scenarios.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import org.jboss.byteman.agent.Main;

/**
 * Halts a server's JVM, as kill -9 does, at a point that has been armed. Byteman does it, in the server, by rules that watch for flag
 * files. Thread-safe.
 */
public final class KillSwitch {
    /**
     * When the transaction manager (Narayana, or Payara's JTS) is about to commit the first branch of the next transaction of several: every branch is
     * prepared, the decision is logged, none is committed. Its one point has no name.
     */
    public static final String TRANSACTION_MANAGER = "kill-switch.btm";

    /** When the coordinator's engine writes, forces, calls a participant or replaces its log by a checkpoint; the rules name the points. */
    public static final String COORDINATOR = "kill-coordinator.btm";

    /** When one transaction ends, at the points that the rules name; each halts the server once, or loses or delays one call of {@code @Tcc}. */
    public static final String ADAPTER = "kill-adapter.btm";

    private static final String FLAG = "kill.flag";
    private static final String FLAG_PROPERTY = "holdfast.kill.flag";

    private final Path directory;
    private final Path rule;

    /**
     * @param directory where the rules and the flag files are kept; outside the server's data
     * @param rules {@link #TRANSACTION_MANAGER}, {@link #COORDINATOR}, {@link #ADAPTER} or a scenario's own, beside this class
     */
    public KillSwitch(Path directory, String rules) {
        this.directory = directory;
        this.rule = directory.resolve(rules);
        try (InputStream source = KillSwitch.class.getResourceAsStream(rules)) {
            if (source == null) {
                throw new IllegalStateException(rules + " is not on the class path");
            }
            Files.createDirectories(directory);
            Files.copy(source, rule, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disarm();
    }

    /** For the server's JVM. */
    public List<String> javaOptions() {
        Path agent = agentJar();
        return List.of(
                "-javaagent:" + agent + "=script:" + rule + ",boot:" + agent,
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-D" + FLAG_PROPERTY + "=" + directory.resolve(FLAG));
    }

    /** The next two-phase commit halts the server. */
    public void arm() {
        arm(FLAG);
    }

    /** The server halts when it next comes to that point. */
    public void armAt(String point) {
        arm(FLAG + "." + point);
    }

    /** Whether nobody has come to that point since it was armed. */
    public boolean isArmedAt(String point) {
        return Files.exists(directory.resolve(FLAG + "." + point));
    }

    private void arm(String flag) {
        try {
            Files.createFile(directory.resolve(flag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void disarm() {
        try (DirectoryStream<Path> flags = Files.newDirectoryStream(directory, FLAG + "*")) {
            for (Path flag : flags) {
                Files.delete(flag);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path agentJar() {
        CodeSource source = Main.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Byteman was loaded from " + source.getLocation(), e);
        }
    }
}
