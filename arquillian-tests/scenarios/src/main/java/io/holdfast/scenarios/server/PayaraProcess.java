package io.holdfast.scenarios.server;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** A Payara that asadmin starts in a JVM of its own. */
public final class PayaraProcess implements ServerControl {
    private static final String ADAPTER = "holdfast.rar";
    private static final Duration STOP = Duration.ofSeconds(30);

    private final PayaraHome home;
    private final Path archives;
    private final Map<String, String> adapterProperties;

    /** @param archives the directory that {@link #deploy} takes archives from */
    public PayaraProcess(PayaraHome home, Path archives) {
        this(home, archives, Map.of());
    }

    /** @param adapterProperties of the resource adapter, beside those that its script sets */
    public PayaraProcess(PayaraHome home, Path archives, Map<String, String> adapterProperties) {
        this.home = home;
        this.archives = archives;
        this.adapterProperties = Map.copyOf(adapterProperties);
    }

    @Override
    public URI root() {
        return home.root();
    }

    @Override
    public Path log() {
        return home.log();
    }

    @Override
    public Path data() {
        return home.data();
    }

    @Override
    public void start() {
        home.start();
    }

    /**
     * Starts it and waits until its JVM has ended by itself, at its start or later, so that {@link #start()} can be called.
     *
     * @throws IllegalStateException when it still lives after that time
     */
    public void startToDie(Duration atMost) {
        try {
            home.start();
        } catch (IllegalStateException e) {
            // It fails when the server dies before it is up.
            if (home.isAlive()) {
                throw e;
            }
        }
        awaitDeath(atMost);
    }

    /** The server's JVM. */
    public ProcessHandle process() {
        return home.process().orElseThrow(() -> new IllegalStateException("the server is not running"));
    }

    @Override
    public void kill() {
        home.kill();
        awaitDeath(STOP);
    }

    @Override
    public void awaitDeath(Duration atMost) {
        try {
            await().atMost(atMost).until(() -> !home.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("the server still lives", e);
        }
    }

    @Override
    public void stop() {
        if (home.isAlive()) {
            home.stop();
        }
    }

    /** The adapter comes with all that the sample needs of the server, since its connection factory cannot be made before it. */
    @Override
    public void deploy(String archive) {
        if (archive.equals(ADAPTER)) {
            home.runSampleScript(archives);
            if (!adapterProperties.isEmpty()) {
                new PayaraResources(home).setAdapterProperties(adapterProperties);
            }
            return;
        }
        List<String> command = new ArrayList<>(List.of("deploy", "--force", "--name", nameOf(archive)));
        if (archive.endsWith(".war")) {
            command.addAll(List.of("--contextroot", nameOf(archive)));
        }
        command.add(archives.resolve(archive).toString());
        home.asadmin(command.toArray(String[]::new));
    }

    /** Replaces the adapter that is there; pool, resource and properties stay. */
    public void redeployAdapter() {
        home.asadmin(
                "deploy",
                "--force",
                "--name",
                nameOf(ADAPTER),
                archives.resolve(ADAPTER).toString());
    }

    @Override
    public void undeploy(String archive) {
        home.asadmin("undeploy", nameOf(archive));
    }

    private static String nameOf(String archive) {
        return archive.substring(0, archive.lastIndexOf('.'));
    }
}
