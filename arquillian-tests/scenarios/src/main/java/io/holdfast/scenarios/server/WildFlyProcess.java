package io.holdfast.scenarios.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jspecify.annotations.Nullable;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;
import org.wildfly.plugin.tools.Deployment;
import org.wildfly.plugin.tools.DeploymentResult;
import org.wildfly.plugin.tools.OperationExecutionException;
import org.wildfly.plugin.tools.UndeployDescription;
import org.wildfly.plugin.tools.server.ServerManager;
import org.wildfly.plugin.tools.server.StandaloneManager;

/** A WildFly whose JVM is a child of this one. {@link #stop()} may come from another thread, such as a shutdown hook. */
public final class WildFlyProcess extends WildFlyServer {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Path archives;
    private volatile @Nullable Running running;

    /**
     * @param javaOptions beyond those of {@link WildFlyHome#javaOptions}
     * @param archives the directory that {@link #deploy} takes archives from
     */
    public WildFlyProcess(WildFlyHome home, WildFlyPorts ports, List<String> javaOptions, Path archives) {
        super(home, ports, javaOptions);
        this.archives = archives;
    }

    @Override
    public void start() {
        Running started = launch();
        if (!started.isUpWithin(START)) {
            kill();
            throw new IllegalStateException("the server did not start within " + START + ", see " + home().log());
        }
    }

    /**
     * Starts it and waits until its JVM has ended by itself, at its start or later, so that {@link #start()} can be called.
     *
     * @throws IllegalStateException when it still lives after that time
     */
    public void startToDie(Duration atMost) {
        launch();
        awaitDeath(atMost);
    }

    private Running launch() {
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(home().path())
                .setServerConfiguration(WildFlyHome.CONFIGURATION)
                .setJavaOptions(javaOptions());
        Running started = Running.launch(command, home().path().resolve("console.log"), ports().management());
        running = started;
        return started;
    }

    @Override
    public void kill() {
        running().process().destroyForcibly();
        awaitDeath(STOP);
    }

    @Override
    public void awaitDeath(Duration atMost) {
        Running dying = running();
        if (!dying.isGoneWithin(atMost)) {
            throw new IllegalStateException("process " + dying.process().pid() + " still lives");
        }
        dying.manager().close();
        running = null;
    }

    @Override
    public void stop() {
        Running stopping = running;
        if (stopping == null) {
            return;
        }
        // SIGTERM: WildFly stops in order, also when it no longer answers its management port.
        stopping.process().destroy();
        if (!stopping.isGoneWithin(STOP)) {
            stopping.process().destroyForcibly();
        }
        stopping.manager().close();
        running = null;
    }

    @Override
    public void deploy(String archive) {
        try {
            check(
                    running().manager().deploymentManager().forceDeploy(Deployment.of(archives.resolve(archive))),
                    archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void undeploy(String archive) {
        try {
            check(running().manager().deploymentManager().undeploy(UndeployDescription.of(archive)), archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's JVM. */
    public ProcessHandle process() {
        return running().process().toHandle();
    }

    /**
     * Sets a property of the resource adapter through the management interface and reloads the server.
     *
     * @param value null to go back to the default
     */
    public void setAdapterProperty(String name, @Nullable String value) {
        execute(adapterProperty(name, value));
        reload();
    }

    /** Sets properties of the resource adapter that were not set, and reloads the server. */
    public void setAdapterProperties(Map<String, String> values) {
        values.forEach((name, value) -> execute(adapterProperty(name, value)));
        reload();
    }

    /**
     * Gives commands to the running server as {@code bin/jboss-cli.sh} does, each as it stands in the documentation.
     *
     * @return what the server says
     * @throws IllegalStateException with the output when one of them fails
     */
    public String cli(String... commands) {
        return home().cli(ports().management(), commands);
    }

    private static ModelNode adapterProperty(String name, @Nullable String value) {
        ModelNode address = Operations.createAddress(
                "subsystem", "resource-adapters", "resource-adapter", "holdfast", "config-properties", name);
        if (value == null) {
            return Operations.createRemoveOperation(address);
        }
        ModelNode operation = Operations.createAddOperation(address);
        operation.get("value").set(value);
        return operation;
    }

    private void execute(ModelNode operation) {
        try {
            running().manager().executeOperation(operation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperationExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code :reload} does; returns when the server runs again. */
    public void reload() {
        try {
            running().manager().executeReload();
            await("the server after its reload").atMost(START).until(this::isRunningAgain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperationExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Asks by a connection of its own, since one that was there before may wait for an answer that the reload has swallowed. Until it has
     * reloaded, the server is not running but in need of a reload.
     */
    private boolean isRunningAgain() {
        ModelNode state = Operations.createReadAttributeOperation(new ModelNode().setEmptyList(), "server-state");
        try (ModelControllerClient client = ModelControllerClient.Factory.create("127.0.0.1", ports().management())) {
            ModelNode answer = client.executeAsync(state).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            return Operations.isSuccessfulOutcome(answer)
                    && Operations.readResult(answer).asString().equals("running");
        } catch (IOException | RuntimeException | ExecutionException | TimeoutException notYet) {
            // A RuntimeException holds a refused connection.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void check(DeploymentResult result, String archive) {
        if (!result.successful()) {
            throw new IllegalStateException(archive + ": " + result.getFailureMessage());
        }
    }

    private Running running() {
        Running current = running;
        if (current == null) {
            throw new IllegalStateException("the server is not running");
        }
        return current;
    }

    /** The server's JVM and the connection to its management. */
    private record Running(Process process, StandaloneManager manager) {
        static Running launch(StandaloneCommandBuilder command, Path console, int managementPort) {
            try {
                Process process = Launcher.of(command)
                        .setRedirectErrorStream(true)
                        .redirectOutput(console)
                        .launch();
                StandaloneManager manager = ServerManager.builder()
                        .process(process.toHandle())
                        .managementAddress("127.0.0.1")
                        .managementPort(managementPort)
                        .standalone();
                return new Running(process, manager);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isUpWithin(Duration time) {
            try {
                return manager.waitFor(time.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        boolean isGoneWithin(Duration time) {
            try {
                return process.waitFor(time.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
