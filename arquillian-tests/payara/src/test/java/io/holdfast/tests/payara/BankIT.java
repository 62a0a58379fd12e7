package io.holdfast.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.LogAudit;
import io.holdfast.scenarios.Narrator;
import io.holdfast.scenarios.Performance;
import io.holdfast.scenarios.Scenarios;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.page.BankPageCheck;
import io.holdfast.scenarios.page.CounterPageCheck;
import io.holdfast.scenarios.page.ShopPageCheck;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/** The bank's scenarios on one Payara, with the archives that run on WildFly. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class BankIT {
    private static final long SEED = Long.getLong("holdfast.seed", 20_260_101);
    private static final Path HOME = Path.of(System.getProperty("holdfast.server.home"));
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static PayaraProcess server;
    private static Stage stage;
    private static Performance performance;

    @BeforeAll
    static void open() {
        var killSwitch = new KillSwitch(HOME.resolve("kill-switch"), KillSwitch.TRANSACTION_MANAGER);
        var home = new PayaraHome(HOME);
        home.configure(killSwitch.javaOptions());
        server = new PayaraProcess(home, ARCHIVES, Stage.ADAPTER_PROPERTIES);
        stage = new Stage(server, killSwitch, new Narrator(System.out), SEED);
        stage.open();
        performance = new Performance(stage);
    }

    @AfterAll
    static void close() {
        server.stop();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> every_scenario_ends_as_it_must() {
        return Scenarios.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name() + ". " + scenario.title(), () -> performance.playOrFail(scenario)));
    }

    @Test
    @Order(2)
    void the_bank_page_shows_customers_merchants_balances_and_transfers_in_a_browser()
            throws IOException, InterruptedException {
        BankPageCheck.check(stage, ARCHIVES.getParent());
        CounterPageCheck.check(stage, ARCHIVES.getParent());
        ShopPageCheck.check(stage.shop(), ARCHIVES.getParent());
    }

    @Test
    @Order(3)
    void the_log_holds_no_warning_or_error_that_is_not_explained() {
        assertThat(LogAudit.withCommittedList().unexpected(server.log())).isEmpty();
    }
}
