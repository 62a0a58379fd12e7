package io.holdfast.tests.wildfly;

import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;

/** The manually managed WildFly of arquillian.xml; archives are the test class's deployments, under their file names. */
final class ArquillianWildFly extends WildFlyServer {
    static final String QUALIFIER = "wildfly";

    private final ContainerController controller;
    private final Deployer deployer;

    ArquillianWildFly(
            ContainerController controller,
            Deployer deployer,
            WildFlyHome home,
            WildFlyPorts ports,
            List<String> javaOptions) {
        super(home, ports, javaOptions);
        this.controller = controller;
        this.deployer = deployer;
    }

    @Override
    public void start() {
        String options = String.join(" ", javaOptions());
        controller.start(
                QUALIFIER,
                Map.of("managementPort", Integer.toString(ports().management()), "javaVmArguments", options));
    }

    @Override
    public void kill() {
        controller.kill(QUALIFIER);
    }

    /**
     * The kill afterwards makes Arquillian take note; while the JVM still lives it would try to stop it in order. This JVM has no other child.
     */
    @Override
    public void awaitDeath(Duration atMost) {
        try {
            await().atMost(atMost)
                    .until(() ->
                            !isListening() && ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("the server still listens on " + ports().management(), e);
        }
        controller.kill(QUALIFIER);
    }

    @Override
    public void stop() {
        if (controller.isStarted(QUALIFIER)) {
            controller.stop(QUALIFIER);
        }
    }

    @Override
    public void deploy(String archive) {
        deployer.deploy(archive);
    }

    @Override
    public void undeploy(String archive) {
        deployer.undeploy(archive);
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports().management())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
