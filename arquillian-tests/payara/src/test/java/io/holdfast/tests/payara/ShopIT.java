package io.holdfast.tests.payara;

import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.shop.ShopClient;
import io.holdfast.scenarios.shop.ShopContract;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The shop on Payara, over its own broker, with the archives that run on WildFly. */
@NullUnmarked
class ShopIT extends ShopContract {
    private static PayaraProcess server;

    @BeforeAll
    static void open() {
        PayaraHome home = new PayaraHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure();
        server = new PayaraProcess(home, Path.of(System.getProperty("holdfast.deployments")));
        server.start();
        server.deploy("holdfast.rar");
        // The script's settings for recovery and threads need it.
        server.stop();
        server.start();
        server.deploy("shop.war");
        await("the shop").atMost(Duration.ofMinutes(2)).until(() -> new ShopClient(server.root()).isUp());
    }

    @AfterAll
    static void close() {
        server.stop();
    }

    @Override
    protected ShopClient shop() {
        return new ShopClient(server.root());
    }
}
