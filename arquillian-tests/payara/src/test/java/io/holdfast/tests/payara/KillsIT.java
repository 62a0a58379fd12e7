package io.holdfast.tests.payara;

import io.holdfast.scenarios.KilledAt;
import io.holdfast.scenarios.Narrator;
import io.holdfast.scenarios.Performance;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.shop.ShopKills;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole sample killed in the adapter, in a TCC participant and in a message's transaction. */
@NullUnmarked
class KillsIT {
    private static final long SEED = Long.getLong("holdfast.seed", 20_260_101);
    private static final Path HOME = Path.of(System.getProperty("holdfast.server.home"));
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static PayaraProcess server;
    private static Stage stage;
    private static Performance performance;

    @BeforeAll
    static void open() {
        var killSwitch = new KillSwitch(HOME.resolve("kill-switch"), KillSwitch.ADAPTER);
        var home = new PayaraHome(HOME);
        home.configure(killSwitch.javaOptions());
        server = new PayaraProcess(home, ARCHIVES);
        stage = new Stage(server, killSwitch, new Narrator(System.out), SEED);
        stage.open();
        performance = new Performance(stage);
    }

    @AfterAll
    static void close() {
        server.stop();
    }

    @Test
    void the_adapter_is_told_to_commit_and_has_not() {
        performance.playOrFail(new KilledAt("commit.before"));
    }

    @Test
    void a_tcc_participant_has_confirmed_and_not_said_so() {
        performance.playOrFail(new KilledAt("local.acted"));
    }

    @Test
    void an_order_and_its_message_are_decided_and_not_committed() {
        new ShopKills() {
            @Override
            protected ServerControl server() {
                return server;
            }

            @Override
            protected KillSwitch killSwitch() {
                return stage.killSwitch();
            }
        }.completesAndIsDebitedOnce("xa", "decision.after");
    }
}
