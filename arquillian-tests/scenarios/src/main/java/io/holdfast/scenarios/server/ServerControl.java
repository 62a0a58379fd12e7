package io.holdfast.scenarios.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** One application server with its own JVM. Confined to one thread at a time. */
public interface ServerControl {
    /** Where its applications are, for instance {@code http://127.0.0.1:8080/}. */
    URI root();

    /** Starts it, with what was deployed before; returns when the deployments are done. */
    void start();

    /** Ends its JVM at once, as kill -9 does; returns when it is gone. */
    void kill();

    /**
     * Waits for a JVM that ends by itself, and takes note that it is gone, so that {@link #start()} can be called.
     *
     * @throws IllegalStateException when it still lives after that time
     */
    void awaitDeath(Duration atMost);

    /** Stops it in order; does nothing when it is not running. */
    void stop();

    /** Deploys the archive of that file name and returns when it is up. */
    void deploy(String archive);

    /** Undeploys it and removes its content from the server. */
    void undeploy(String archive);

    Path log();

    /** The directory of the databases, which may be read while the server is not running. */
    Path data();
}
