package io.holdfast.tests.payara;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.shop.BrokerStops;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Payara with its broker in a process of its own, which is stopped and started. */
@NullUnmarked
class BrokerStopIT extends BrokerStops {
    private static final String JMS_SERVICE = "configs.config.server-config.jms-service.";

    private static OpenMq broker;
    private static PayaraProcess server;

    @BeforeAll
    static void open() {
        server = ShopOnPayara.open(List.of(), BrokerStopIT::useRemoteBroker);
    }

    private static void useRemoteBroker(PayaraHome home) {
        home.asadmin("set", JMS_SERVICE + "type=REMOTE");
        broker = new OpenMq(home.path(), PayaraHome.freePort());
        home.asadmin("set", JMS_SERVICE + "jms-host.default_JMS_host.port=" + broker.port());
        broker.start();
    }

    @AfterAll
    static void close() {
        try {
            if (server != null) {
                server.stop();
            }
        } finally {
            if (broker != null) {
                broker.stop();
            }
        }
    }

    @Override
    protected void broker(String action) {
        if (action.equals("start")) {
            broker.start();
            // Payara's receivers have given up after three attempts to reconnect.
            server.stop();
            server.start();
        } else {
            broker.stop();
        }
    }

    @Override
    protected ServerControl server() {
        return server;
    }
}
