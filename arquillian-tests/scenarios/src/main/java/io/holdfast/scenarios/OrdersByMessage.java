package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.shop.ShopClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The shop's order centre and account centre know each other by messages only, which the broker or the outbox makes reliable. */
public final class OrdersByMessage implements Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final BigDecimal PRICE = new BigDecimal("12.50");
    private static final String CUSTOMER = "alice";

    @Override
    public String name() {
        return "i";
    }

    @Override
    public String title() {
        return "The shop: an order's message debits once and completes it; lack of funds cancels it; what comes again changes nothing";
    }

    @Override
    public void play(Stage stage) {
        for (String mode : List.of("xa", "outbox")) {
            BigDecimal before = stage.shop().balance(mode, CUSTOMER);
            String order = placeAndAwait(stage, mode, CUSTOMER, PRICE.toPlainString(), "COMPLETED");
            sendAgain(stage, mode, order);
            // Its message comes after the repeated one.
            placeAndAwait(stage, mode, CUSTOMER, PRICE.toPlainString(), "COMPLETED");
            String dear = placeAndAwait(stage, mode, "poor", "100", "CANCELLED");
            stage.narrator()
                    .step("    told: "
                            + stage.shop().order(mode, dear).orElseThrow().getString("reason"));
            BigDecimal after = stage.shop().balance(mode, CUSTOMER);
            stage.check(
                    CUSTOMER + " has paid for each order once: " + before + " - 2 * " + PRICE + " = " + after,
                    after.compareTo(before.subtract(PRICE).subtract(PRICE)) == 0);
        }
    }

    private static String placeAndAwait(Stage stage, String mode, String customer, String amount, String state) {
        String id = UUID.randomUUID().toString();
        stage.narrator().step("order " + id + " of " + customer + " for " + amount + ", messages by " + mode);
        Answer answer = stage.shop().place(mode, id, customer, amount, "none");
        stage.check("the shop answers 201: " + answer.body(), answer.status() == 201);
        stage.awaitUntil("order " + id + " is " + state, PATIENCE, () -> stage.shop()
                .state(mode, id)
                .equals(state));
        return id;
    }

    private static void sendAgain(Stage stage, String mode, String order) {
        ShopClient shop = stage.shop();
        Answer repeated = shop.place(mode, order, CUSTOMER, PRICE.toPlainString(), "none");
        stage.check("the same order again is answered 200", repeated.status() == 200);
        stage.check("its message is sent again", shop.again(mode, order).isSuccess());
    }
}
