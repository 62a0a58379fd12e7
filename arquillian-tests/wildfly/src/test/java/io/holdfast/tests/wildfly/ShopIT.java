package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.shop.ShopClient;
import io.holdfast.scenarios.shop.ShopContract;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shop on WildFly, over its own broker. */
@ExtendWith(WildFlyOfClass.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class ShopIT extends ShopContract {
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
        WildFlyOfClass.open(controller, deployer, home -> List.of(), List.of("holdfast.rar", "shop.war"));
    }

    /** Its executors drop each run meanwhile. */
    @Test
    void the_outbox_is_relayed_on_after_the_server_was_suspended_and_resumed() {
        assertThat(shop().place("outbox", "before-suspend", "alice", "1", "none")
                        .status())
                .isEqualTo(201);
        WildFlyOfClass.server().suspend();
        try {
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> !shop().isUp());
        } finally {
            WildFlyOfClass.server().resume();
        }
        shop().awaitState("outbox", "before-suspend", "COMPLETED");
        assertThat(shop().place("outbox", "after-suspend", "alice", "1", "none").status())
                .isEqualTo(201);
        shop().awaitState("outbox", "after-suspend", "COMPLETED");
    }

    @Override
    protected ShopClient shop() {
        return new ShopClient(WildFlyOfClass.server().root());
    }

    @Override
    protected Path log() {
        return WildFlyOfClass.server().log();
    }
}
