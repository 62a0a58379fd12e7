package io.holdfast.tests.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.server.AdapterBeans;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer whose calls are lost, repeated, late and reordered, or in whose middle the server is halted, on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class TccFaults {
    private static final Duration DEATH = Duration.ofMinutes(5);
    /** Payara says that it has started, and goes on loading applications. */
    private static final Duration LOADING = Duration.ofMinutes(10);
    /** WildFly's recovery makes a pass every 12 s. */
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int AMOUNT = 30;

    /** With a row of the caller's transaction, or with the two participants and nothing else. */
    private static final String WITH_ROW = "transfer";

    private static final String ALONE = "transfer-alone";

    private static final List<String> TAKEN_BACK = List.of("expect", "freeze", "unfreeze", "forget");
    private static final List<String> CARRIED_OUT = List.of("expect", "freeze", "deduct", "credit", "transfer");
    private static final List<String> CARRIED_OUT_ALONE = List.of("expect", "freeze", "deduct", "credit");

    /** Where it is halted, and what has become of the transfer afterwards. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of
    enum Kill {
        IN_TRY("TRY.freeze.acted", WITH_ROW, "COMMIT", List.of("expect", "forget")),
        AFTER_THE_COMMIT_OF_TRY("TRY.freeze.committed", WITH_ROW, "COMMIT", TAKEN_BACK),
        IN_CONFIRM("CONFIRM.freeze.acted", WITH_ROW, "COMMIT", CARRIED_OUT),
        AFTER_THE_COMMIT_OF_CONFIRM("CONFIRM.freeze.committed", WITH_ROW, "COMMIT", CARRIED_OUT),
        IN_CONFIRM_ALONE("CONFIRM.freeze.acted", ALONE, "COMMIT", CARRIED_OUT_ALONE),
        AFTER_THE_COMMIT_OF_CONFIRM_ALONE("CONFIRM.freeze.committed", ALONE, "COMMIT", CARRIED_OUT_ALONE),
        IN_CANCEL("CANCEL.freeze.acted", WITH_ROW, "ROLLBACK", TAKEN_BACK),
        AFTER_THE_COMMIT_OF_CANCEL("CANCEL.freeze.committed", WITH_ROW, "ROLLBACK", TAKEN_BACK);

        private final String point;
        private final String by;
        private final String ending;
        /** Each once. */
        private final List<String> effects;

        Kill(String point, String by, String ending, List<String> effects) {
            this.point = point;
            this.by = by;
            this.ending = ending;
            this.effects = effects;
        }
    }

    private TccServer server;
    private ShopCalls shop;

    abstract TccServer started();

    @BeforeAll
    void start() {
        server = started();
        shop = new ShopCalls(new JsonHttp(), server.control());
        server.control().deploy("tcc.war");
    }

    @AfterEach
    void disarm() {
        server.killSwitch().disarm();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.control().stop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void after_a_kill_money_is_conserved_nothing_is_frozen_and_each_effect_has_happened_once(Kill kill) {
        Money before = shop.money();
        String key = ShopCalls.key();
        server.killSwitch().armAt(kill.point);

        orderAndDie(kill.point, kill.by, kill.ending, key);
        server.control().start();
        await().atMost(LOADING).until(() -> shop.answers(key));

        awaitOutcome(key, before, kill.effects);
        try (AdapterBeans adapter = server.beans()) {
            await().atMost(DELIVERY).untilAsserted(() -> assertThat(adapter.attribute("Branches"))
                    .isEqualTo(0));
            assertThat(adapter.attribute("Heuristic")).isEqualTo(0);
        }
    }

    /** The carrier lives in the server's memory: what it was told before is gone with that. */
    @ParameterizedTest
    @ValueSource(strings = {"TRY.bookPickup.traced", "TRY.bookPickup.acted"})
    void a_traced_action_in_which_the_server_is_halted_is_undone_once(String point) {
        String key = ShopCalls.key();
        server.killSwitch().armAt(point);

        orderAndDie(point, "carrier", "COMMIT", key);
        server.control().start();
        await().atMost(LOADING).until(() -> shop.answers(key));

        await().atMost(DELIVERY)
                .untilAsserted(() -> assertThat(shop.carrier(key)).containsExactly("cancel"));
        await().during(QUIET).untilAsserted(() -> assertThat(shop.carrier(key)).containsExactly("cancel"));
    }

    private void orderAndDie(String point, String by, String ending, String key) {
        try {
            String answer = shop.order(by, ending, "", key);
            // Told in the background, a participant may be halted after the answer.
            assertThat(point).as(answer).doesNotStartWith("TRY");
        } catch (UncheckedIOException theServerIsDead) {
            assertThat(theServerIsDead).hasMessageContaining(key);
        }
        server.control().awaitDeath(DEATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONFIRM.freeze.lost", "CONFIRM.expect.lost"})
    void a_confirm_that_is_lost_comes_again(String lost) {
        disturb(lost, "COMMIT", CARRIED_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONFIRM.freeze.unanswered", "CONFIRM.expect.unanswered"})
    void a_confirm_that_comes_twice_changes_nothing_the_second_time(String unanswered) {
        disturb(unanswered, "COMMIT", CARRIED_OUT);
    }

    @Test
    void a_cancel_that_is_lost_comes_again() {
        disturb("CANCEL.freeze.lost", "ROLLBACK", TAKEN_BACK);
    }

    @Test
    void a_cancel_that_comes_twice_changes_nothing_the_second_time() {
        disturb("CANCEL.freeze.unanswered", "ROLLBACK", TAKEN_BACK);
    }

    private void disturb(String point, String ending, List<String> effects) {
        Money before = shop.money();
        server.killSwitch().armAt(point);

        String key = shop.order(WITH_ROW, ending, "done");

        awaitOutcome(key, before, effects);
        assertThat(server.killSwitch().isArmedAt(point)).isFalse();
    }

    @Test
    void a_try_that_comes_after_its_cancel_is_refused_and_changes_nothing() {
        Money before = shop.money();
        String key = ShopCalls.key();
        server.killSwitch().armAt("TRY.freeze.late");

        String answer = shop.order("impatient-transfer", "COMMIT", "", key);

        assertThat(answer).contains("HFINT062");
        awaitOutcome(key, before, List.of("expect", "forget"));
    }

    private void awaitOutcome(String key, Money before, List<String> effects) {
        int moved = effects.contains("credit") ? AMOUNT : 0;
        assertThat(before.frozen()).isZero();
        Money after = new Money(before.payer() - moved, 0, before.payee() + moved);
        await().atMost(DELIVERY).untilAsserted(() -> assertOutcome(key, effects, after));
        await().during(QUIET).untilAsserted(() -> assertOutcome(key, effects, after));
    }

    private void assertOutcome(String key, List<String> effects, Money after) {
        assertThat(shop.book(key)).containsExactlyInAnyOrderElementsOf(effects);
        assertThat(shop.money()).isEqualTo(after);
    }
}
