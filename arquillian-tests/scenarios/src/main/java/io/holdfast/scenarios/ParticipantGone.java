package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A service is not there when the decision falls. */
public final class ParticipantGone implements Scenario {
    private static final String MERCHANT = "merchant.war";

    @Override
    public String name() {
        return "c";
    }

    @Override
    public String title() {
        return "The merchant service is undeployed when the bank commits: it is credited once when it is back";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("carol", "bikes", "300.00").waitingForGo();
        Outcome outcome = Outcome.of(order);
        stage.narrator().step("transfer " + order + ", waits after both tries");
        CompletableFuture<Answer> call = stage.bank().transferAsync(order.json());
        outcome.awaitBothTries(stage, call);
        stage.narrator().step("undeploy " + MERCHANT + ", then go");
        stage.server().undeploy(MERCHANT);
        try {
            Answer go = stage.bank().go(order.id());
            stage.check("the bank goes on: " + go, go.isSuccess());
            Answer answer = stage.answerOf(call);
            stage.check("the bank answers 201 although the merchant is away: " + answer.body(), answer.status() == 201);
            stage.awaitUntil(
                    "the customer's part is deducted",
                    Duration.ofMinutes(1),
                    () -> outcome.isDebit(stage, DebitState.DEDUCTED));
            BigDecimal left = before.account(order.customer()).balance().subtract(order.amount());
            stage.check(
                    order.customer() + " has " + left,
                    stage.bank().accounts().stream()
                            .anyMatch(account -> account.id().equals(order.customer())
                                    && account.balance().compareTo(left) == 0));
            stage.check(
                    "the merchant's part is still owed: the coordinator has an LRA that is Closing",
                    stage.coordinator().lras().stream()
                            .anyMatch(lra -> lra.status().equals("Closing")));
        } finally {
            stage.narrator().step("deploy " + MERCHANT + " again");
            stage.server().deploy(MERCHANT);
        }
        outcome.awaitDone(stage, before, Duration.ofMinutes(2));
    }
}
