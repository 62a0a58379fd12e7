package io.holdfast.tests.wildfly;

import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.shop.ShopKills;
import java.util.List;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** WildFly halted at each step of an order. */
@ExtendWith(WildFlyOfClass.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class ShopKillIT extends ShopKills {
    private static KillSwitch killSwitch;

    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "holdfast.rar", managed = false, testable = false, order = 1)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static ResourceAdapterArchive adapter() {
        return WildFlyOfClass.archive("holdfast.rar", ResourceAdapterArchive.class);
    }

    @Deployment(name = "shop.war", managed = false, testable = false, order = 2)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive sample() {
        return WildFlyOfClass.archive("shop.war", WebArchive.class);
    }

    @BeforeEach
    void open() {
        WildFlyOfClass.open(controller, deployer, ShopKillIT::withKillSwitch, List.of("holdfast.rar", "shop.war"));
    }

    private static List<String> withKillSwitch(WildFlyHome home) {
        killSwitch = new KillSwitch(home.path().resolve("kill-switch"), RULES);
        return killSwitch.javaOptions();
    }

    @Override
    protected ServerControl server() {
        return WildFlyOfClass.server();
    }

    @Override
    protected KillSwitch killSwitch() {
        return killSwitch;
    }
}
