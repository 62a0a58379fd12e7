package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The LRA's time limit passes while the JTA transaction still runs. */
public final class TimeLimitPasses implements Scenario {
    @Override
    public String name() {
        return "e";
    }

    @Override
    public String title() {
        return "The LRA's time limit passes before the bank commits: the JTA transaction rolls back too";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("alice", "tea", "500.00").waitingForGo().within(Duration.ofSeconds(1));
        Outcome outcome = Outcome.of(order);
        stage.narrator().step("transfer " + order + " with a limit of 1 s, waits after both tries");
        CompletableFuture<Answer> call = stage.bank().transferAsync(order.json());
        stage.awaitUntil(
                "the coordinator has cancelled: the amount is unfrozen",
                Duration.ofMinutes(1),
                () -> call.isDone() || outcome.isDebit(stage, DebitState.UNFROZEN));
        Outcome.checkWaits(stage, call);
        stage.narrator().step("go");
        Answer go = stage.bank().go(order.id());
        stage.check("the bank goes on: " + go, go.isSuccess());
        Answer answer = stage.answerOf(call);
        stage.check("the bank answers 409: " + answer, answer.status() == 409);
        outcome.awaitUndone(stage, before);
    }
}
