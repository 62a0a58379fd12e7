package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.net.URI;

/** Requests that make no sense. */
public final class BadInput implements Scenario {
    @Override
    public String name() {
        return "g";
    }

    @Override
    public String title() {
        return "Bad input is refused with the value in the message and changes nothing";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        refused(stage, "a negative amount", Order.of("alice", "books", "-5.17"), "-5.17");
        refused(stage, "an amount of zero", Order.of("alice", "books", "0"), "0");
        refused(stage, "an unknown customer", Order.of("mallory", "books", "1.00"), "mallory");
        refused(stage, "an unknown merchant", Order.of("alice", "weapons", "1.00"), "weapons");
        refused(stage, "more than there is", Order.of("alice", "books", "123456.78"), "123456.78");
        coordinatorRefuses(stage);
        Book after = stage.settle(new Invariants(before.money()));
        stage.check(
                "accounts, merchants and transfers are as before",
                after.accounts().equals(before.accounts())
                        && after.merchants().equals(before.merchants())
                        && after.transfers().equals(before.transfers()));
    }

    private static void refused(Stage stage, String what, Order order, String value) {
        checkRefusal(stage, what, stage.bank().transfer(order.json()), value);
    }

    private static void checkRefusal(Stage stage, String what, Answer answer, String value) {
        stage.check(
                what + " is refused, naming " + value + ": " + answer.status() + " " + answer.body(),
                answer.isClientError() && answer.body().contains(value));
    }

    private static void coordinatorRefuses(Stage stage) {
        CoordinatorClient coordinator = stage.coordinator();
        String unknown = "no-such-lra";
        checkRefusal(stage, "an unknown LRA", coordinator.close(coordinator.unknown(unknown)), unknown);
        URI lra = URI.create(coordinator.start("bad-input").location().orElseThrow());
        try {
            Answer answer = coordinator.join(lra, "<not a url>; rel=\"compensate\"");
            checkRefusal(stage, "a participant that is no URL", answer, "not a url");
        } finally {
            Answer answer = coordinator.cancel(lra);
            stage.check("the LRA is cancelled: " + answer.body(), answer.isSuccess());
        }
    }
}
