package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole server dies when everything is prepared and nothing committed. */
public final class KilledBetweenPrepareAndCommit implements Scenario {
    @Override
    public String name() {
        return "d";
    }

    @Override
    public String title() {
        return "The server is killed between XA prepare and commit: recovery finishes the transfer";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("dave", "books", "400.00");
        stage.narrator().step("transfer " + order + "; the server's JVM is halted when XA commit begins");
        stage.killSwitch().arm();
        CompletableFuture<Answer> call = stage.bank().transferAsync(order.json());
        checkDied(stage, call);
        stage.server().awaitDeath(Duration.ofSeconds(30));
        stage.narrator().step("the server is dead; start it again");
        stage.server().start();
        stage.awaitApplications();
        stage.narrator().step("the server is up again");
        Outcome.of(order).awaitDone(stage, before, Duration.ofMinutes(3));
    }

    private static void checkDied(Stage stage, CompletableFuture<Answer> call) {
        try {
            Answer answer = call.get(60, TimeUnit.SECONDS);
            throw new ScenarioFailed("the server should have died, but answered " + answer);
        } catch (ExecutionException e) {
            stage.narrator().step("the bank's answer is lost: " + e.getCause());
        } catch (TimeoutException e) {
            throw new ScenarioFailed("the server should have died, but nothing happened for 60 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScenarioFailed("interrupted");
        } finally {
            stage.killSwitch().disarm();
        }
    }
}
