package io.holdfast.tests.payara;

import io.holdfast.scenarios.context.ContextApplication;
import io.holdfast.scenarios.context.ContextContract;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What calls carry from one application on Payara to another. */
@NullUnmarked
class ContextIT extends ContextContract {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static PayaraProcess server;

    @BeforeAll
    static void open() {
        PayaraHome home = new PayaraHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure();
        server = new PayaraProcess(home, ARCHIVES);
        server.start();
        server.deploy("lra-coordinator.war");
        new PayaraResources(home).deployAdapter(ARCHIVES.resolve("holdfast.rar"));
        for (String application : List.of(CALLER, CALLED)) {
            String name = application + ".war";
            ShrinkWrap.create(WebArchive.class, name)
                    .addClasses(ContextApplication.classes().toArray(Class<?>[]::new))
                    .addAsLibraries(
                            ARCHIVES.resolve("holdfast-lra.jar").toFile(),
                            ARCHIVES.resolve("holdfast-interceptors.jar").toFile())
                    .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                    // Payara shows the adapter to applications that refer to it.
                    .addAsWebInfResource("libraries/web.xml", "web.xml")
                    .addAsWebInfResource("libraries/glassfish-web.xml", "glassfish-web.xml")
                    .addAsResource(ContextApplication.HANDLERS)
                    .as(ZipExporter.class)
                    .exportTo(ARCHIVES.resolve(name).toFile(), true);
            server.deploy(name);
        }
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    protected URI root() {
        return server.root();
    }
}
