package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.context.ContextApplication;
import io.holdfast.scenarios.context.ContextContract;
import io.holdfast.tests.wildfly.remote.Desk;
import io.holdfast.tests.wildfly.remote.DeskBean;
import io.holdfast.tests.wildfly.remote.DeskCalls;
import java.net.URI;
import java.util.List;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What calls carry from one application on WildFly to another. */
@ExtendWith(WildFlyOfClass.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class ContextIT extends ContextContract {
    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "holdfast.rar", managed = false, testable = false, order = 1)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static ResourceAdapterArchive adapter() {
        return WildFlyOfClass.archive("holdfast.rar", ResourceAdapterArchive.class);
    }

    @Deployment(name = "lra-coordinator.war", managed = false, testable = false, order = 2)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive coordinator() {
        return WildFlyOfClass.archive("lra-coordinator.war", WebArchive.class);
    }

    @Deployment(name = CALLER + ".war", managed = false, testable = false, order = 3)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive caller() {
        return application(CALLER).addClasses(Desk.class, DeskCalls.class);
    }

    @Deployment(name = CALLED + ".war", managed = false, testable = false, order = 4)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive called() {
        return application(CALLED).addClasses(Desk.class, DeskBean.class, ContextApplication.receiver());
    }

    @Deployment(name = HOTEL + ".war", managed = false, testable = false, order = 5)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive hotel() {
        return WildFlyOfClass.archive(HOTEL + ".war", WebArchive.class);
    }

    @Deployment(name = AGENCY + ".war", managed = false, testable = false, order = 6)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive agency() {
        return WildFlyOfClass.archive(AGENCY + ".war", WebArchive.class);
    }

    private static WebArchive application(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(ContextApplication.classes().toArray(Class<?>[]::new))
                .addAsLibraries(
                        WildFlyOfClass.path("holdfast-lra.jar").toFile(),
                        WildFlyOfClass.path("holdfast-interceptors.jar").toFile())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(ContextApplication.HANDLERS)
                .addAsManifestResource(
                        new StringAsset("Manifest-Version: 1.0\nDependencies: deployment.holdfast.rar\n"),
                        "MANIFEST.MF");
    }

    @BeforeEach
    void open() {
        WildFlyOfClass.open(
                controller,
                deployer,
                home -> List.of(),
                List.of(
                        "holdfast.rar",
                        "lra-coordinator.war",
                        CALLER + ".war",
                        CALLED + ".war",
                        HOTEL + ".war",
                        AGENCY + ".war"));
    }

    @Test
    void the_lra_of_a_method_goes_with_calls_of_a_remote_bean_which_takes_part() {
        // A bean's callbacks are known where they are reached from the application's first request on.
        send("GET", CALLED, "rooms");

        String[] lras = send("POST", CALLER, "desk").split(" ", 2);

        assertThat(lras[1]).isEqualTo(lras[0]);
        awaitTold("complete " + lras[0], CALLER, "desk");
        assertThat(send("POST", CALLER, "desk/without")).contains("LraException");
    }

    @Test
    void a_remote_bean_that_must_have_an_lra_refuses_when_ejb_is_switched_off() {
        switchedOff("ejb", () -> assertThat(send("POST", CALLER, "desk")).contains("LraException"));
    }

    @Override
    protected URI root() {
        return WildFlyOfClass.server().root();
    }
}
