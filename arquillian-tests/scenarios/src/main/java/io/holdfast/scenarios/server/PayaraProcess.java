package io.holdfast.scenarios.server;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** A Payara that asadmin starts in a JVM of its own. */
public final class PayaraProcess implements ServerControl {
    private static final Duration STOP = Duration.ofSeconds(30);

    private final PayaraHome home;
    private final Path archives;

    /** @param archives the directory that {@link #deploy} takes archives from */
    public PayaraProcess(PayaraHome home, Path archives) {
        this.home = home;
        this.archives = archives;
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

    @Override
    public void deploy(String archive) {
        String name = nameOf(archive);
        home.asadmin(
                "deploy",
                "--force",
                "--name",
                name,
                "--contextroot",
                name,
                archives.resolve(archive).toString());
    }

    @Override
    public void undeploy(String archive) {
        home.asadmin("undeploy", nameOf(archive));
    }

    private static String nameOf(String archive) {
        return archive.substring(0, archive.lastIndexOf('.'));
    }
}
