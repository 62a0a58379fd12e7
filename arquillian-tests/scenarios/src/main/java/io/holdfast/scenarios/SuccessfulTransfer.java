package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;

/** Everything goes well. */
public final class SuccessfulTransfer implements Scenario {
    @Override
    public String name() {
        return "a";
    }

    @Override
    public String title() {
        return "A transfer succeeds: the bank's row, the customer's debit and the merchant's credit";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("alice", "books", "100.00");
        stage.narrator().step("transfer " + order);
        Answer answer = stage.bank().transfer(order.json());
        stage.check("the bank answers 201: " + answer.body(), answer.status() == 201);
        Outcome.of(order).awaitDone(stage, before);
    }
}
