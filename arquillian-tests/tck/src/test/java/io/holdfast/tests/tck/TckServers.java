package io.holdfast.tests.tck;

import static io.holdfast.scenarios.Stage.coordinatorBase;

import io.holdfast.scenarios.server.LraSubsystem;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jspecify.annotations.Nullable;

/**
 * Configures the servers of a {@link TckRun} on free ports: a WildFly, which Arquillian starts, and a Payara, which is started here,
 * since Arquillian only connects to it. Confined to Arquillian's thread.
 */
public final class TckServers {
    private static final Path COORDINATOR = TckRun.archive("lra-coordinator.war");

    private @Nullable PayaraHome payara;

    /** Called by Arquillian when it has read arquillian.xml. */
    public void configure(@Observes ContainerRegistry registry) {
        TckRun run = TckRun.current();
        Map<String, String> properties =
                switch (run.server()) {
                    case WILDFLY -> wildFly(run);
                    case PAYARA ->
                        Map.of("adminPort", Integer.toString(startedPayara().adminPort()));
                };
        for (Container<?> container : registry.getContainers()) {
            properties.forEach(
                    (name, value) -> container.getContainerConfiguration().overrideProperty(name, value));
        }
    }

    private Map<String, String> wildFly(TckRun run) {
        WildFlyPorts ports = WildFlyPorts.free();
        var home = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
        Set<LraSubsystem> subsystems = EnumSet.noneOf(LraSubsystem.class);
        if (run.participants() == TckRun.Participants.STOCK) {
            subsystems.add(LraSubsystem.PARTICIPANT);
        }
        URI coordinator = coordinatorBase(ports.root());
        switch (run.coordinator()) {
            case HOLDFAST -> home.configure(subsystems, COORDINATOR);
            case NARAYANA -> {
                subsystems.add(LraSubsystem.COORDINATOR);
                home.configure(subsystems);
            }
            case PAYARA -> {
                home.configure(subsystems);
                coordinator = coordinatorBase(startedPayara().root());
            }
        }
        return Map.of(
                "managementPort",
                Integer.toString(ports.management()),
                "javaVmArguments",
                String.join(" ", WildFlyHome.javaOptions(ports, coordinator)));
    }

    private PayaraHome startedPayara() {
        var started = new PayaraHome(Path.of(System.getProperty("holdfast.payara.home")));
        started.configure();
        started.start();
        payara = started;
        try {
            started.asadmin("deploy", "--name", "lra-coordinator", COORDINATOR.toString());
        } catch (IllegalStateException notDeployed) {
            try {
                stopPayara();
            } catch (IllegalStateException notStopped) {
                notDeployed.addSuppressed(notStopped);
            }
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
