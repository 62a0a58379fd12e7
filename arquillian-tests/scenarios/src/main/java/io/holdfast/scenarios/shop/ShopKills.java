package io.holdfast.scenarios.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.JsonHttp.UnexpectedAnswer;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.ServerControl;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server is halted at each step of an order. The client, who has lost its answer, repeats its order after the restart: then the order
 * has come to its end, and the account was debited once or not at all.
 */
public abstract class ShopKills {
    /** The rules for the kill switch. */
    public static final String RULES = "kill-shop.btm";

    private static final Duration DEATH = Duration.ofSeconds(60);
    static final Duration LONGEST = Duration.ofMinutes(3);
    static final Duration QUIET = Duration.ofSeconds(3);

    /** Running, with the shop deployed. */
    protected abstract ServerControl server();

    protected abstract KillSwitch killSwitch();

    /** By the outbox nothing is ever prepared: each of its transactions has one resource. */
    @ParameterizedTest
    @CsvSource({
        "xa, sent",
        "xa, undecided",
        "xa, prepared",
        "xa, worked",
        "xa, debit-committed",
        "xa, received",
        "xa, ended",
        "xa, end-committed",
        "outbox, sent",
        "outbox, relaying",
        "outbox, relayed",
        "outbox, deleted",
        "outbox, worked",
        "outbox, answer-relayed",
        "outbox, received",
        "outbox, ended"
    })
    void an_order_completes_and_is_debited_once(String mode, String step) {
        ShopClient shop = new ShopClient(server().root());
        BigDecimal before = shop.balance(mode, "alice");
        String id = mode + "-" + step;
        killed(step, () -> shop.place(mode, id, "alice", "7", "none"));
        repeated(shop, mode, id, "alice", "7", "COMPLETED");
        BigDecimal once = before.subtract(new BigDecimal("7"));
        settling().during(QUIET).until(() -> shop.balance(mode, "alice"), once::equals);
        assertThat(shop.state(mode, id)).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @CsvSource({
        "xa, replied",
        "xa, received",
        "outbox, replied",
        "outbox, relayed",
        "outbox, answer-relayed",
        "outbox, received"
    })
    void an_order_without_funds_is_cancelled(String mode, String step) {
        ShopClient shop = new ShopClient(server().root());
        String id = mode + "-dear-" + step;
        killed(step, () -> shop.place(mode, id, "poor", "100", "none"));
        repeated(shop, mode, id, "poor", "100", "CANCELLED");
        settling().during(QUIET).until(() -> shop.state(mode, id), "CANCELLED"::equals);
        settling().until(() -> shop.balance(mode, "poor"), new BigDecimal("3.00")::equals);
    }

    /** The transaction has committed before, so that nobody but the adapter knows of what is still to be told. */
    @Test
    void who_has_not_acknowledged_before_the_server_was_killed_is_told_after_the_restart() {
        ShopClient shop = new ShopClient(server().root());
        String id = "told-after-kill";
        Set<String> states = Set.of(id + "-PLACED", id + "-COMPLETED");
        try (Receiver receiver = new Receiver()) {
            receiver.refuse(Integer.MAX_VALUE);
            Answer placed = shop.placeAndTell(id, "alice", "none", receiver.address());
            assertThat(placed.status()).isEqualTo(201);
            settling()
                    .until(
                            () -> receiver.told().stream()
                                    .map(Receiver.Told::id)
                                    .collect(Collectors.toSet()),
                            states::equals);
            server().kill();
            startAgain();

            receiver.refuse(0);

            settling().until(receiver::acknowledged, states::equals);
            String notification = placed.json().asJsonObject().getString("notification");
            ShopClient again = new ShopClient(server().root());
            settling().until(() -> again.progress(notification).body(), body -> body.contains("\"CONFIRMED\""));
            assertThat(receiver.told()).allMatch(Receiver.Told::isSigned);
        }
    }

    private void killed(String step, Supplier<Answer> order) {
        killSwitch().armAt(step);
        CompletableFuture<Answer> placing = CompletableFuture.supplyAsync(order);
        try {
            server().awaitDeath(DEATH);
        } finally {
            killSwitch().disarm();
        }
        placing.handle((answer, lost) -> answer).join();
        startAgain();
    }

    private void startAgain() {
        server().start();
        ShopClient shop = new ShopClient(server().root());
        await("the shop after the restart")
                .atMost(LONGEST)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(shop::isUp);
    }

    /** Recovery may still hold the order's row when the client comes back. */
    static void repeated(ShopClient shop, String mode, String id, String customer, String amount, String end) {
        settling().until(() -> shop.place(mode, id, customer, amount, "none").isSuccess());
        settling().until(() -> shop.state(mode, id), end::equals);
    }

    /** A server that recovers answers 5xx for a while: what it asks for is in doubt, or the broker does not let itself be looked at yet. */
    static ConditionFactory settling() {
        return await().atMost(LONGEST).ignoreExceptionsInstanceOf(UnexpectedAnswer.class);
    }
}
