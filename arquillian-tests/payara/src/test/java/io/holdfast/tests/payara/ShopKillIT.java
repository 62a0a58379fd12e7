package io.holdfast.tests.payara;

import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.shop.ShopKills;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Payara halted at each step of an order, and its broker with it. */
@NullUnmarked
class ShopKillIT extends ShopKills {
    private static KillSwitch killSwitch;
    private static PayaraProcess server;

    @BeforeAll
    static void open() {
        killSwitch = new KillSwitch(ShopOnPayara.HOME.resolve("kill-switch"), RULES);
        server = ShopOnPayara.open(killSwitch.javaOptions());
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    protected ServerControl server() {
        return server;
    }

    @Override
    protected KillSwitch killSwitch() {
        return killSwitch;
    }
}
