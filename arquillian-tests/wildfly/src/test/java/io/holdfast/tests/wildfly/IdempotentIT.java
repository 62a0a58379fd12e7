package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.scenarios.idempotent.IdempotentApplication;
import io.holdfast.scenarios.idempotent.IdempotentContract;
import io.holdfast.scenarios.idempotent.Order;
import io.holdfast.scenarios.idempotent.WrongKey;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** {@code @Idempotent} on WildFly. */
@ExtendWith(IdempotentIT.Closing.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class IdempotentIT extends IdempotentContract {
    private static final String APPLICATION = "idempotent.war";
    private static final String WRONG = "wrong.war";
    private static final Path INTERCEPTORS =
            Path.of(System.getProperty("holdfast.deployments")).resolve("holdfast-interceptors.jar");

    private static ArquillianWildFly server;

    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive idempotent() {
        return archive(APPLICATION).addClasses(IdempotentApplication.classes().toArray(Class<?>[]::new));
    }

    @Deployment(name = WRONG, managed = false, testable = false)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive wrong() {
        return archive(WRONG).addClasses(WrongKey.class, Order.class);
    }

    @BeforeEach
    void open() {
        if (server != null) {
            return;
        }
        if (controller.isStarted(ArquillianWildFly.QUALIFIER)) {
            controller.stop(ArquillianWildFly.QUALIFIER);
        }
        WildFlyHome home = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure();
        server = new ArquillianWildFly(controller, deployer, home, WildFlyPorts.free(), List.of());
        server.start();
        server.deploy(APPLICATION);
    }

    @Test
    void a_wrong_key_fails_the_deployment_with_class_and_method() throws IOException {
        assertThatThrownBy(() -> server.deploy(WRONG)).isNotNull();
        assertThat(Files.readString(server.log()))
                .contains("HFINT043 " + WrongKey.class.getName() + "#pay is @Idempotent, but its key 'order.colour'");
    }

    @Override
    protected URI application() {
        return server.root().resolve("idempotent/");
    }

    private static WebArchive archive(String name) {
        return ShrinkWrap.create(WebArchive.class, name).addAsLibraries(INTERCEPTORS.toFile());
    }

    /** Registered before Arquillian, so that its turn comes after Arquillian has undeployed. */
    static final class Closing implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) {
            if (server != null) {
                server.stop();
            }
        }
    }
}
