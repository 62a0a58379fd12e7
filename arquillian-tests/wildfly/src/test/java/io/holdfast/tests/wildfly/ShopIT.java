package io.holdfast.tests.wildfly;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.shop.ShopClient;
import io.holdfast.scenarios.shop.ShopContract;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The shop on WildFly, over its own broker. */
@ExtendWith(ShopIT.Closing.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class ShopIT extends ShopContract {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static ArquillianWildFly server;

    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "holdfast.rar", managed = false, testable = false, order = 1)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static ResourceAdapterArchive adapter() {
        return archive("holdfast.rar", ResourceAdapterArchive.class);
    }

    @Deployment(name = "shop.war", managed = false, testable = false, order = 2)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive sample() {
        return archive("shop.war", WebArchive.class);
    }

    @BeforeEach
    void open() {
        if (server != null) {
            return;
        }
        WildFlyHome home = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure();
        server = new ArquillianWildFly(controller, deployer, home, WildFlyPorts.free(), List.of());
        server.start();
        server.deploy("holdfast.rar");
        server.deploy("shop.war");
    }

    @Override
    protected ShopClient shop() {
        return new ShopClient(server.root());
    }

    private static <T extends Archive<T>> T archive(String name, Class<T> type) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(ARCHIVES.resolve(name).toFile())
                .as(type);
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
