package io.holdfast.tests.payara;

import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.shop.ShopClient;
import io.holdfast.scenarios.shop.ShopContract;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The shop on Payara, over its own broker, with the archives that run on WildFly. */
@NullUnmarked
class ShopIT extends ShopContract {
    private static PayaraProcess server;

    @BeforeAll
    static void open() {
        server = ShopOnPayara.open(List.of());
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    protected ShopClient shop() {
        return new ShopClient(server.root());
    }

    @Override
    protected Path log() {
        return server.log();
    }
}
