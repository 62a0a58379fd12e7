package io.holdfast.scenarios.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import org.jboss.byteman.agent.Main;

/**
 * Halts a server's JVM, as kill -9 does, when its transaction manager is about to commit the first branch of the next transaction of
 * several: every branch is prepared, the decision is logged, none is committed. Byteman does it, in the server; the rule, which names
 * Narayana's class, is kill-switch.btm. Thread-safe.
 */
public final class KillSwitch {
    private static final String RULE = "kill-switch.btm";
    private static final String FLAG_PROPERTY = "holdfast.kill.flag";

    private final Path flag;
    private final Path rule;

    /** @param directory where the rule and the flag file are kept; outside the server's data */
    public KillSwitch(Path directory) {
        this.flag = directory.resolve("kill.flag");
        this.rule = directory.resolve(RULE);
        try (InputStream source = KillSwitch.class.getResourceAsStream(RULE)) {
            if (source == null) {
                throw new IllegalStateException(RULE + " is not on the class path");
            }
            Files.createDirectories(directory);
            Files.copy(source, rule, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the server's JVM. */
    public List<String> javaOptions() {
        Path agent = agentJar();
        return List.of(
                "-javaagent:" + agent + "=script:" + rule + ",boot:" + agent,
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-D" + FLAG_PROPERTY + "=" + flag);
    }

    /** The next two-phase commit halts the server. */
    public void arm() {
        try {
            Files.createFile(flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void disarm() {
        try {
            Files.deleteIfExists(flag);
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
