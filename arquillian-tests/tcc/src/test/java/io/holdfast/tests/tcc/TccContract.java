package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.ServerControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds on every server; the shop of the application package is deployed there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class TccContract {
    private static final String WAR = "tcc.war";
    private static final Duration DELIVERY = Duration.ofSeconds(60);
    /** Payara says that it has started, and goes on loading applications. */
    private static final Duration LOADING = Duration.ofMinutes(10);

    private static final int CLIENTS = 8;
    private static final int ORDERS = 40;
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** Of Payara's manager for transactions whose time is over. */
    private static final Duration BEYOND_THE_NEXT_LOOK = Duration.ofSeconds(15);

    private static final String FREEZE = "freeze 12345678901234567.99";
    private static final String DEDUCT = "deduct 12345678901234567.99 of 1970-01-01T00:00:00Z with ticket 7";

    private static final String TAKE = "take";
    private static final String ENTER = "enter";
    private static final String PAY = "pay 12345678901234567.99";
    private static final String SHIP = "ship";
    private static final String STRIKE = "strike";
    private static final String REFUND = "refund payment 7";
    private static final String PUT_BACK = "put back";

    private TccServer tcc;
    private ServerControl server;
    private ShopCalls shop;

    abstract TccServer started();

    @BeforeAll
    void start() {
        tcc = started();
        server = tcc.control();
        shop = new ShopCalls(new JsonHttp(), server);
        server.deploy(WAR);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void a_commit_confirms_both_participants_with_what_their_tries_got() {
        String key = order("ejb", "COMMIT", "done");

        awaitBook(key, "announce", FREEZE, "order", "credit", DEDUCT);
    }

    @Test
    void a_rollback_cancels_both_and_takes_the_orders_row_back() {
        String key = order("ejb", "ROLLBACK", "done");

        awaitBook(key, "announce", FREEZE, "unfreeze with ticket 7", "drop");
    }

    @Test
    void a_try_that_throws_rolls_everything_back_and_its_own_cancel_has_nothing_to_do() {
        String key = order("ejb", "TRY_FAILS", "No money");

        awaitBook(key, "announce", "drop");
    }

    @Test
    void a_transaction_whose_try_has_thrown_cannot_commit_although_that_was_caught() {
        String key = order("ejb", "FAILURE_IS_CAUGHT", "");

        awaitBook(key, "announce", "drop");
    }

    @Test
    void a_confirm_that_fails_leaves_nothing_and_is_repeated() {
        String key = order("ejb", "CONFIRM_FAILS_TWICE", "done");

        awaitBook(key, "announce", FREEZE, "order", "credit", DEDUCT);
    }

    /** A confirm that fails takes its own transaction back, and not that of another one that runs beside it. */
    @Test
    void confirms_at_the_same_time_do_not_share_their_transactions() {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<String> keys = Stream.generate(() -> List.of("COMMIT", "CONFIRM_FAILS_TWICE"))
                    .limit(ORDERS / 2)
                    .flatMap(List::stream)
                    .map(ending -> CompletableFuture.supplyAsync(() -> order("ejb", ending, "done"), clients))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            await().atMost(DELIVERY).untilAsserted(() -> assertThat(keys)
                    .allSatisfy(key -> assertBook(key, "announce", FREEZE, "order", "credit", DEDUCT)));
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void transactional_cdi_beans_are_callers_too() {
        awaitBook(order("cdi", "COMMIT", "done"), "announce", "credit");
    }

    @Test
    void transactions_that_a_bean_begins_itself_have_participants_too() {
        awaitBook(order("own", "COMMIT", "done"), "announce", FREEZE, "order", "credit", DEDUCT);
    }

    @Test
    void the_transactions_of_timers_have_participants_too() {
        awaitBook(order("timer", "COMMIT", "done"), "announce", FREEZE, "order", "credit", DEDUCT);
    }

    @Test
    void the_transactions_of_message_driven_beans_have_participants_too() {
        awaitBook(order("message", "COMMIT", "done"), "announce", FREEZE, "order", "credit", DEDUCT);
    }

    /** The container begins a transaction for the call itself, so that its end confirms. */
    @Test
    void an_ejb_behind_an_interface_that_is_called_alone_is_confirmed_when_it_returns() {
        awaitBook(order("stock", "COMMIT", "done"), "reserve", "take");
    }

    @Test
    void outside_a_transaction_the_try_is_refused_with_a_number_and_does_nothing() {
        awaitBook(order("nobody", "COMMIT", "HFINT061"));
    }

    @Test
    void participants_of_the_connection_are_confirmed_by_http_and_by_the_applications_own_dispatcher() {
        awaitBook(order("connection", "COMMIT", "done"), "order", "own-confirm", "http-confirm");
    }

    @Test
    void participants_of_the_connection_are_cancelled_the_same_way() {
        awaitBook(order("connection", "ROLLBACK", "done"), "own-cancel", "http-cancel");
    }

    @Test
    void an_application_that_was_deployed_again_after_the_commit_is_told() {
        gate("closed");
        String key = order("ejb", "COMMIT", "done");
        await().during(QUIET).atMost(DELIVERY).untilAsserted(() -> assertBook(key, "announce", FREEZE, "order"));
        server.undeploy(WAR);
        server.deploy(WAR);
        gate("open");

        awaitBook(key, "announce", FREEZE, "order", "credit", DEDUCT);
    }

    @Test
    void an_application_that_is_deployed_late_after_a_crash_is_told() {
        gate("closed");
        String confirmed = order("ejb", "COMMIT", "done");
        String cancelled = order("ejb", "ROLLBACK", "done");
        server.undeploy(WAR);
        server.kill();
        server.start();
        server.deploy(WAR);

        awaitBook(confirmed, "announce", FREEZE, "order", "credit", DEDUCT);
        awaitBook(cancelled, "announce", FREEZE, "unfreeze with ticket 7", "drop");
    }

    @Test
    void an_application_that_starts_with_the_server_is_told_what_a_crash_has_interrupted() {
        gate("closed");
        String key = order("ejb", "COMMIT", "done");
        crash(key);

        awaitBook(key, "announce", FREEZE, "order", "credit", DEDUCT);
    }

    @Test
    void a_global_transaction_begins_one_where_there_is_none() {
        awaitBook(order("global", "COMMIT", "done"), FREEZE, "announce", DEDUCT, "credit");
    }

    @Test
    void a_first_confirm_that_is_refused_cancels_all_where_nothing_else_has_a_say() {
        awaitBook(
                order("global", "CONFIRM_IS_REFUSED", "ollback"), FREEZE, "announce", "unfreeze with ticket 7", "drop");
    }

    @Test
    void a_confirm_that_is_refused_where_a_database_has_committed_is_left_to_a_person() {
        String key = order("ejb", "CONFIRM_IS_REFUSED", "done");

        awaitBook(key, "announce", FREEZE, "order", "credit");
        await().atMost(DELIVERY).untilAsserted(() -> assertThat(shop.alarms(key))
                .containsExactly("freeze CONFIRM refused: The account of " + key + " is closed"));
        try (AdapterBeans adapter = tcc.beans()) {
            CompositeData branch = onlyFailedBranch(adapter);
            assertThat(branch.get("state")).isEqualTo("FAILED_TO_CONFIRM");
            assertThat(List.of((String[]) branch.get("participants")))
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("FAILED_TO_CONFIRM ") && line.contains(".Account"))
                    .anyMatch(line -> line.startsWith("CONFIRMED ") && line.contains(".Merchant"));

            adapter.invoke("resolve", (String) branch.get("xid"), "ada", "the money was deducted by hand");

            assertThat(adapter.attribute("Heuristic")).isEqualTo(0);
        }
        await().during(QUIET).untilAsserted(() -> assertBook(key, "announce", FREEZE, "order", "credit"));
    }

    private static CompositeData onlyFailedBranch(AdapterBeans adapter) {
        CompositeData[] failed = (CompositeData[]) adapter.attribute("HeuristicBranches");
        assertThat(failed).hasSize(1);
        return failed[0];
    }

    @Test
    void a_try_during_which_the_callers_time_ends_is_taken_back_once_it_has_committed() {
        String key = ShopCalls.key();
        CompletableFuture<String> answer =
                CompletableFuture.supplyAsync(() -> shop.order("impatient", "TRY_IS_LONG", "", key));
        awaitTimeOut(key);

        shop.endTry(key);

        assertThat(answer.join()).isNotEqualTo("done");
        String unfreeze = tcc.rollsBackInTime() ? "unfreeze with null" : "unfreeze with ticket 7";
        awaitBook(key, "announce", FREEZE, unfreeze, "drop");
    }

    private void awaitTimeOut(String key) {
        if (tcc.rollsBackInTime()) {
            // The merchant is told at once, and the account, whose try goes on, holds back nobody.
            await().atMost(DELIVERY)
                    .untilAsserted(() -> assertThat(shop.book(key)).containsExactly("announce", "drop"));
            await().during(QUIET).untilAsserted(() -> assertThat(shop.book(key)).hasSize(2));
        } else {
            await().during(BEYOND_THE_NEXT_LOOK).atMost(DELIVERY).untilAsserted(() -> assertThat(shop.book(key))
                    .containsExactly("announce"));
        }
    }

    @Test
    void the_actions_of_a_committed_flow_stand() {
        awaitBook(order("flow", "COMMIT", "done"), TAKE, ENTER, PAY, SHIP, "order");
    }

    @Test
    void the_actions_of_a_flow_that_rolls_back_are_undone_in_reverse_order_nested_ones_before_their_callers() {
        String key = order("flow", "ROLLBACK", "done");

        awaitBook(key, TAKE, ENTER, PAY, SHIP, "recall", REFUND, STRIKE, PUT_BACK);
        assertThat(book(key)).containsExactly(TAKE, ENTER, PAY, SHIP, "recall", STRIKE, REFUND, PUT_BACK);
    }

    @Test
    void the_next_undo_waits_for_one_that_fails() {
        String key = order("flow", "UNDO_FAILS_TWICE", "done");

        awaitBook(key, TAKE, ENTER, PAY, SHIP, "recall", STRIKE, REFUND, PUT_BACK);
        assertThat(book(key)).endsWith(STRIKE, REFUND, PUT_BACK);
    }

    @Test
    void an_action_that_fails_has_nothing_to_undo_and_those_before_it_are_undone() {
        String key = order("flow", "TRY_FAILS", "No carrier");

        awaitBook(key, TAKE, ENTER, PAY, STRIKE, REFUND, PUT_BACK);
        assertThat(book(key)).endsWith(STRIKE, REFUND, PUT_BACK);
    }

    @Test
    void a_flow_is_undone_in_order_after_a_crash() {
        gate("closed");
        String key = order("flow", "ROLLBACK", "done");
        crash(key);

        awaitBook(key, TAKE, ENTER, PAY, SHIP, "recall", STRIKE, REFUND, PUT_BACK);
        assertThat(book(key)).endsWith("recall", STRIKE, REFUND, PUT_BACK);
    }

    @Test
    void what_a_traced_action_has_done_elsewhere_is_undone_although_it_threw() {
        String key = order("carrier", "TRY_FAILS", "No answer");

        await().atMost(DELIVERY)
                .untilAsserted(() -> assertThat(shop.carrier(key)).containsExactly("book", "cancel"));
    }

    @Test
    void a_traced_action_stands_when_its_transaction_commits() {
        String key = order("carrier", "COMMIT", "done");

        await().during(QUIET).untilAsserted(() -> assertThat(shop.carrier(key)).containsExactly("book"));
    }

    @Test
    void what_a_traced_try_has_done_elsewhere_is_confirmed_or_cancelled() {
        String kept = order("carrier-slot", "COMMIT", "done");
        String thrown = order("carrier-slot", "TRY_FAILS", "No answer");

        await().atMost(DELIVERY)
                .untilAsserted(() -> assertThat(shop.carrier(kept)).containsExactly("hold", "take"));
        await().atMost(DELIVERY)
                .untilAsserted(() -> assertThat(shop.carrier(thrown)).containsExactly("hold", "release"));
    }

    /** And starts the server again, until the application answers what it knows of the order. */
    private void crash(String key) {
        server.kill();
        server.start();
        await().atMost(LOADING).until(() -> shop.answers(key));
    }

    private String order(String by, String ending, String answer) {
        return shop.order(by, ending, answer);
    }

    private void gate(String state) {
        shop.gate(state);
    }

    private void awaitBook(String key, String... entries) {
        await().atMost(DELIVERY).untilAsserted(() -> assertThat(book(key)).hasSize(entries.length));
        await().during(Duration.ofMillis(500)).untilAsserted(() -> assertBook(key, entries));
    }

    /** All in one transaction, then what both were told, in either order. */
    private void assertBook(String key, String... entries) {
        assertThat(book(key)).containsExactlyInAnyOrder(entries);
    }

    private List<String> book(String key) {
        return shop.book(key);
    }
}
