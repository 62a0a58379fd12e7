package io.holdfast.scenarios.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A WildFly under test, however its JVM is started. Confined to one thread at a time. */
public abstract class WildFlyServer implements ServerControl {
    private final WildFlyHome home;
    private final WildFlyPorts ports;
    private final List<String> javaOptions;

    /** @param javaOptions beyond those of {@link WildFlyHome#javaOptions} */
    protected WildFlyServer(WildFlyHome home, WildFlyPorts ports, List<String> javaOptions) {
        this.home = home;
        this.ports = ports;
        this.javaOptions = List.copyOf(javaOptions);
    }

    protected final WildFlyHome home() {
        return home;
    }

    protected final WildFlyPorts ports() {
        return ports;
    }

    /** All of the JVM's options. */
    protected final List<String> javaOptions() {
        return Stream.concat(WildFlyHome.javaOptions(ports).stream(), javaOptions.stream())
                .toList();
    }

    /** It finishes what it has begun and takes nothing new, until it is resumed. */
    public final void suspend() {
        home.cli(ports.management(), ":suspend(suspend-timeout=30)");
    }

    /** It takes everything again. */
    public final void resume() {
        home.cli(ports.management(), ":resume");
    }

    @Override
    public final URI root() {
        return ports.root();
    }

    @Override
    public final Path log() {
        return home.log();
    }

    @Override
    public final Path data() {
        return home.data();
    }
}
