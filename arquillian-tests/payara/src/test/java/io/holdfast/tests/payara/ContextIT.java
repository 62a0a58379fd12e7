package io.holdfast.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.context.ContextApplication;
import io.holdfast.scenarios.context.ContextContract;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import io.holdfast.tests.payara.remote.Bookings;
import io.holdfast.tests.payara.remote.Desk;
import io.holdfast.tests.payara.remote.DeskBean;
import io.holdfast.tests.payara.remote.DeskCalls;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
        deploy(CALLER, Desk.class, DeskCalls.class);
        deploy(CALLED, Desk.class, DeskBean.class, Bookings.class, ContextApplication.receiver());
        server.deploy(HOTEL + ".war");
        server.deploy(AGENCY + ".war");
    }

    private static void deploy(String application, Class<?>... more) {
        String name = application + ".war";
        ShrinkWrap.create(WebArchive.class, name)
                .addClasses(ContextApplication.classes().toArray(Class<?>[]::new))
                .addClasses(more)
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

    @AfterAll
    static void close() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void the_lra_of_a_method_goes_with_calls_of_a_remote_bean_as_an_argument() {
        // A bean's callbacks are known where they are reached from the application's first request on.
        send("GET", CALLED, "rooms");

        String[] lras = send("POST", CALLER, "desk").split(" ", 2);

        assertThat(lras[1]).isEqualTo(lras[0]);
        awaitTold("complete " + lras[0], CALLER, "desk");
    }

    @Override
    protected URI root() {
        return server.root();
    }
}
