package io.holdfast.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.scenarios.idempotent.IdempotentApplication;
import io.holdfast.scenarios.idempotent.IdempotentContract;
import io.holdfast.scenarios.idempotent.Order;
import io.holdfast.scenarios.idempotent.WrongKey;
import io.holdfast.scenarios.server.PayaraHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

/** {@code @Idempotent} on Payara. */
@ExtendWith(IdempotentIT.Closing.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class IdempotentIT extends IdempotentContract {
    private static final String PAYARA = "payara";
    private static final String APPLICATION = "idempotent.war";
    private static final String WRONG = "wrong.war";
    private static final Path INTERCEPTORS =
            Path.of(System.getProperty("holdfast.deployments")).resolve("holdfast-interceptors.jar");

    private static PayaraHome payara;
    private static boolean deployed;

    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    @TargetsContainer(PAYARA)
    static WebArchive idempotent() {
        return archive(APPLICATION).addClasses(IdempotentApplication.classes().toArray(Class<?>[]::new));
    }

    @Deployment(name = WRONG, managed = false, testable = false)
    @TargetsContainer(PAYARA)
    static WebArchive wrong() {
        return archive(WRONG).addClasses(WrongKey.class, Order.class);
    }

    @BeforeEach
    void open() throws IOException {
        if (payara != null) {
            assertThat(deployed)
                    .as("the first test has started the server and deployed")
                    .isTrue();
            return;
        }
        payara = new PayaraHome(Path.of(System.getProperty("holdfast.server.home")));
        payara.configure();
        payara.start();
        controller.start(PAYARA, Map.of("adminPort", Integer.toString(payara.adminPort())));
        deployer.deploy(APPLICATION);
        deployed = true;
    }

    @Test
    void a_wrong_key_fails_the_deployment_with_class_and_method() throws IOException {
        assertThatThrownBy(() -> deployer.deploy(WRONG)).isNotNull();
        assertThat(Files.readString(payara.log()))
                .contains("HFINT043 " + WrongKey.class.getName() + "#pay is @Idempotent, but its key 'order.colour'");
    }

    @Override
    protected URI application() {
        return payara.root().resolve("/idempotent/");
    }

    private static WebArchive archive(String name) {
        return ShrinkWrap.create(WebArchive.class, name).addAsLibraries(INTERCEPTORS.toFile());
    }

    /** Registered before Arquillian, so that its turn comes after Arquillian has undeployed. */
    static final class Closing implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) {
            if (payara != null) {
                payara.stop();
            }
        }
    }
}
