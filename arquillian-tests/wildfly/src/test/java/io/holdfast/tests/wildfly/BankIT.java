package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.BadInput;
import io.holdfast.scenarios.FailureAfterTry;
import io.holdfast.scenarios.KilledBetweenPrepareAndCommit;
import io.holdfast.scenarios.LoadWithFailures;
import io.holdfast.scenarios.LogAudit;
import io.holdfast.scenarios.Narrator;
import io.holdfast.scenarios.OrdersByMessage;
import io.holdfast.scenarios.ParticipantGone;
import io.holdfast.scenarios.Performance;
import io.holdfast.scenarios.RefusedConfirm;
import io.holdfast.scenarios.Scenario;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.SuccessfulTransfer;
import io.holdfast.scenarios.TimeLimitPasses;
import io.holdfast.scenarios.UndoneInReverse;
import io.holdfast.scenarios.page.BankPageCheck;
import io.holdfast.scenarios.page.CounterPageCheck;
import io.holdfast.scenarios.page.ShopPageCheck;
import io.holdfast.scenarios.page.StorePageCheck;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The bank's scenarios on one WildFly, which is started for the first and stopped by Arquillian after the last. */
@ArquillianTest
@RunAsClient
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class BankIT {
    private static final long SEED = Long.getLong("holdfast.seed", 20_260_101);
    private static final Path HOME = Path.of(System.getProperty("holdfast.server.home"));
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static ArquillianWildFly server;
    private static Stage stage;
    private static Performance performance;

    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "holdfast.rar", managed = false, testable = false, order = 1)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static ResourceAdapterArchive adapter() {
        return archive("holdfast.rar", ResourceAdapterArchive.class);
    }

    @Deployment(name = "lra-coordinator.war", managed = false, testable = false, order = 2)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive coordinator() {
        return archive("lra-coordinator.war", WebArchive.class);
    }

    @Deployment(name = "merchant.war", managed = false, testable = false, order = 3)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive merchant() {
        return archive("merchant.war", WebArchive.class);
    }

    @Deployment(name = "holdfast-sample.ear", managed = false, testable = false, order = 4)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static EnterpriseArchive sample() {
        return archive("holdfast-sample.ear", EnterpriseArchive.class);
    }

    @Deployment(name = "shop.war", managed = false, testable = false, order = 5)
    @TargetsContainer(ArquillianWildFly.QUALIFIER)
    static WebArchive shop() {
        return archive("shop.war", WebArchive.class);
    }

    @BeforeEach
    void open() {
        if (performance != null) {
            return;
        }
        WildFlyHome home = new WildFlyHome(HOME);
        home.configure(Stage.ADAPTER_PROPERTIES);
        KillSwitch killSwitch = new KillSwitch(HOME.resolve("kill-switch"), KillSwitch.TRANSACTION_MANAGER);
        server = new ArquillianWildFly(controller, deployer, home, WildFlyPorts.free(), killSwitch.javaOptions());
        stage = new Stage(server, killSwitch, new Narrator(System.out), SEED);
        stage.open();
        performance = new Performance(stage);
    }

    @Test
    @Order(1)
    void a_transfer_commits_the_row_the_debit_and_the_credit() {
        play(new SuccessfulTransfer());
    }

    @Test
    @Order(2)
    void a_failure_after_both_tries_takes_everything_back() {
        play(new FailureAfterTry());
    }

    @Test
    @Order(3)
    void a_participant_that_is_undeployed_at_the_commit_is_completed_when_it_is_back() {
        play(new ParticipantGone());
    }

    @Test
    @Order(4)
    void a_server_killed_between_prepare_and_commit_finishes_the_transfer_after_its_restart() {
        play(new KilledBetweenPrepareAndCommit());
    }

    @Test
    @Order(5)
    void a_time_limit_that_passes_before_the_commit_rolls_the_jta_transaction_back() {
        play(new TimeLimitPasses());
    }

    @Test
    @Order(6)
    void two_hundred_transfers_with_random_failures_leave_the_books_right() {
        play(new LoadWithFailures());
    }

    @Test
    @Order(7)
    void bad_input_is_refused_by_name_and_changes_nothing() {
        play(new BadInput());
    }

    @Test
    @Order(8)
    void steps_of_an_order_are_undone_in_reverse_order_when_a_later_one_fails() {
        play(new UndoneInReverse());
    }

    @Test
    @Order(9)
    void orders_of_the_shop_are_debited_once_by_their_messages() {
        play(new OrdersByMessage());
    }

    @Test
    @Order(10)
    void a_payment_whose_merchant_refuses_to_confirm_is_cancelled_and_its_money_unfrozen() {
        play(new RefusedConfirm());
    }

    @Test
    @Order(11)
    void the_bank_page_shows_customers_merchants_balances_and_transfers_in_a_browser()
            throws IOException, InterruptedException {
        BankPageCheck.check(stage, ARCHIVES.getParent());
        StorePageCheck.check(stage, ARCHIVES.getParent());
        CounterPageCheck.check(stage, ARCHIVES.getParent());
        ShopPageCheck.check(stage.shop(), ARCHIVES.getParent());
    }

    @Test
    @Order(12)
    void the_log_holds_no_warning_or_error_that_is_not_explained() {
        assertThat(LogAudit.withCommittedList().unexpected(server.log())).isEmpty();
    }

    private static void play(Scenario scenario) {
        performance.playOrFail(scenario);
    }

    private static <T extends Archive<T>> T archive(String name, Class<T> type) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(ARCHIVES.resolve(name).toFile())
                .as(type);
    }
}
