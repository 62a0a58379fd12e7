package io.holdfast.tests.tck;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.annotation.Observes;

/** Configures the server before Arquillian starts it: free ports, the stock LRA participants, our coordinator deployed. */
public final class WildFlyWithCoordinator {
    /** Called by Arquillian when it has read arquillian.xml. */
    public void configure(@Observes ContainerRegistry registry) {
        WildFlyPorts ports = WildFlyPorts.free();
        var home = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure(Path.of(System.getProperty("holdfast.deployments"), "lra-coordinator.war"));
        for (Container<?> container : registry.getContainers()) {
            container
                    .getContainerConfiguration()
                    .overrideProperty("managementPort", Integer.toString(ports.management()))
                    .overrideProperty("javaVmArguments", String.join(" ", WildFlyHome.javaOptions(ports)));
        }
    }
}
