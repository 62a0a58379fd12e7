package io.holdfast.tests.wildfly;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server of a test class, which has a JVM of its own: opened before the first test, and stopped when Arquillian has undeployed, since it is
 * registered before Arquillian.
 */
@NullUnmarked
final class WildFlyOfClass implements AfterAllCallback {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static ArquillianWildFly server;

    /** An archive of this project. */
    static <T extends Archive<T>> T archive(String name, Class<T> type) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(path(name).toFile())
                .as(type);
    }

    /** Where an archive of this project is. */
    static Path path(String name) {
        return ARCHIVES.resolve(name);
    }

    /**
     * Starts it as the sample's script configures it, and deploys; nothing when it is open.
     *
     * @param javaOptions beyond its own, for what is in the home
     * @param archives names of deployments of the class
     */
    static void open(
            ContainerController controller,
            Deployer deployer,
            Function<WildFlyHome, List<String>> javaOptions,
            List<String> archives) {
        if (server != null) {
            return;
        }
        WildFlyHome home = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure();
        server = new ArquillianWildFly(controller, deployer, home, WildFlyPorts.free(), javaOptions.apply(home));
        server.start();
        archives.forEach(server::deploy);
    }

    static ArquillianWildFly server() {
        return server;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.stop();
        }
    }
}
