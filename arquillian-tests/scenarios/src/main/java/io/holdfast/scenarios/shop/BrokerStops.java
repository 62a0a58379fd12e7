package io.holdfast.scenarios.shop;

import static io.holdfast.scenarios.shop.ShopKills.QUIET;
import static io.holdfast.scenarios.shop.ShopKills.repeated;
import static io.holdfast.scenarios.shop.ShopKills.settling;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.ServerControl;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The broker alone is stopped and started. */
public abstract class BrokerStops {
    private static final int WAITING = 5;

    /** Running, with the shop deployed. */
    protected abstract ServerControl server();

    /**
     * Stops or starts the broker while the server and the shop run on.
     *
     * @param action {@code stop} or {@code start}
     */
    protected abstract void broker(String action);

    @Test
    void orders_that_are_placed_while_the_broker_is_stopped_complete_when_it_is_back() {
        ShopClient shop = new ShopClient(server().root());
        BigDecimal alice = shop.balance("outbox", "alice");
        BigDecimal bob = shop.balance("xa", "bob");
        broker("stop");
        try {
            for (int number = 0; number < WAITING; number++) {
                assertThat(shop.place("outbox", "waiting-" + number, "alice", "3", "none")
                                .status())
                        .isEqualTo(201);
            }
            Answer refused = shop.place("xa", "not-sent", "bob", "3", "none");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.body()).contains("HFINT093");
            assertThat(shop.state("xa", "not-sent")).isEmpty();
            for (int number = 0; number < WAITING; number++) {
                assertThat(shop.state("outbox", "waiting-" + number)).isEqualTo("PLACED");
            }
        } finally {
            broker("start");
        }
        for (int number = 0; number < WAITING; number++) {
            String id = "waiting-" + number;
            settling().until(() -> shop.state("outbox", id), "COMPLETED"::equals);
        }
        repeated(shop, "xa", "not-sent", "bob", "3", "COMPLETED");
        BigDecimal once = alice.subtract(new BigDecimal(3 * WAITING));
        settling().during(QUIET).until(() -> shop.balance("outbox", "alice"), once::equals);
        BigDecimal paid = bob.subtract(new BigDecimal("3"));
        settling().until(() -> shop.balance("xa", "bob"), paid::equals);
    }
}
