package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.FailureAfterTry;
import io.holdfast.scenarios.Narrator;
import io.holdfast.scenarios.Performance;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.SuccessfulTransfer;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.LraSubsystem;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same services on a WildFly whose own subsystem makes LRA participants of them: holdfast-lra, which they bring, stays out of it. */
@NullUnmarked
class LraSubsystemIT {
    private static final Path HOME = Path.of(System.getProperty("holdfast.server.home"));
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));
    private static final long SEED = 20_260_101;

    private static WildFlyProcess server;
    private static Performance performance;

    @BeforeAll
    static void open() {
        var home = new WildFlyHome(HOME);
        home.configure(Set.of(LraSubsystem.PARTICIPANT));
        server = new WildFlyProcess(home, WildFlyPorts.free(), List.of(), ARCHIVES);
        var killSwitch = new KillSwitch(HOME.resolve("kill-switch"), KillSwitch.TRANSACTION_MANAGER);
        var stage = new Stage(server, killSwitch, new Narrator(System.out), SEED);
        stage.open();
        performance = new Performance(stage);
    }

    @AfterAll
    static void close() {
        server.stop();
    }

    @Test
    void transfers_are_confirmed_and_cancelled_by_the_subsystem() {
        performance.playOrFail(new SuccessfulTransfer());
        performance.playOrFail(new FailureAfterTry());
    }

    @Test
    void each_service_says_that_the_library_does_nothing() throws IOException {
        assertThat(Files.readAllLines(server.log()))
                .filteredOn(line -> line.contains("HFPAR019"))
                .hasSize(2);
    }
}
