package io.holdfast.tests.wildfly;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.shop.BrokerStops;
import io.holdfast.tests.wildfly.broker.ServerServices;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker in WildFly, stopped and started. */
@ExtendWith(WildFlyOfClass.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class BrokerStopIT extends BrokerStops {
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

    @Deployment(name = "broker.war", managed = false, testable = false, order = 3)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive broker() {
        return ShrinkWrap.create(WebArchive.class, "broker.war")
                .addPackage(ServerServices.class.getPackage())
                .addAsServiceProvider(ServiceActivator.class, ServerServices.class)
                .addAsManifestResource(
                        new StringAsset("Manifest-Version: 1.0\nDependencies: org.jboss.msc\n"), "MANIFEST.MF");
    }

    @BeforeEach
    void open() {
        WildFlyOfClass.open(controller, deployer, home -> List.of(), List.of("holdfast.rar", "shop.war", "broker.war"));
    }

    @Override
    protected void broker(String action) {
        JsonHttp.Answer answer =
                new JsonHttp().send("PUT", WildFlyOfClass.server().root().resolve("broker/" + action), Map.of(), "");
        if (!answer.isSuccess()) {
            throw new IllegalStateException(answer.toString());
        }
    }

    @Override
    protected ServerControl server() {
        return WildFlyOfClass.server();
    }
}
