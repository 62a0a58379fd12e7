package io.holdfast.tests.tck;

import static io.holdfast.scenarios.Stage.coordinatorBase;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jspecify.annotations.Nullable;

/**
 * Configures the WildFly with the stock LRA participants before Arquillian starts it, on free ports. The coordinator is deployed on it,
 * or, with {@code -Dtck.coordinator=payara}, on a Payara beside it. Confined to Arquillian's thread.
 */
public final class TckServers {
    private static final String COORDINATOR = System.getProperty("tck.coordinator", "wildfly");
    private static final Path WAR = Path.of(System.getProperty("holdfast.deployments"), "lra-coordinator.war");

    private @Nullable PayaraHome payara;

    /** Called by Arquillian when it has read arquillian.xml. */
    public void configure(@Observes ContainerRegistry registry) {
        WildFlyPorts ports = WildFlyPorts.free();
        var wildFly = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
        URI coordinator =
                switch (COORDINATOR) {
                    case "wildfly" -> {
                        wildFly.configure(WAR);
                        yield coordinatorBase(ports.root());
                    }
                    case "payara" -> {
                        wildFly.configure();
                        yield coordinatorBase(startedPayara().root());
                    }
                    default ->
                        throw new IllegalArgumentException("tck.coordinator is wildfly or payara, not " + COORDINATOR);
                };
        for (Container<?> container : registry.getContainers()) {
            container
                    .getContainerConfiguration()
                    .overrideProperty("managementPort", Integer.toString(ports.management()))
                    .overrideProperty("javaVmArguments", String.join(" ", WildFlyHome.javaOptions(ports, coordinator)));
        }
    }

    private PayaraHome startedPayara() {
        var started = new PayaraHome(Path.of(System.getProperty("holdfast.payara.home")));
        started.configure();
        started.start();
        payara = started;
        try {
            started.asadmin("deploy", "--name", "lra-coordinator", WAR.toString());
        } catch (IllegalStateException notDeployed) {
            stopPayara();
            throw notDeployed;
        }
        return started;
    }

    /** Called by Arquillian when all tests have run. */
    public void stop(@Observes AfterSuite event) {
        stopPayara();
    }

    private void stopPayara() {
        if (payara != null) {
            payara.stop();
            payara = null;
        }
    }
}
