package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;

/** The bank fails after both services have done their part. */
public final class FailureAfterTry implements Scenario {
    @Override
    public String name() {
        return "b";
    }

    @Override
    public String title() {
        return "The bank fails after both tries: its row, the freeze and the credit are taken back";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("bob", "tea", "200.00").failingAfterTry();
        stage.narrator().step("transfer " + order + ", which fails after both tries");
        Answer answer = stage.bank().transfer(order.json());
        stage.check("the bank refuses: " + answer.status() + " " + answer.body(), answer.isClientError());
        Outcome.of(order).awaitUndone(stage, before);
    }
}
