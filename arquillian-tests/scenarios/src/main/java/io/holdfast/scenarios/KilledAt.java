package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.KillSwitch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server is halted at a point of a transfer's end, after its decision: the transfer is finished when the server is back.
 *
 * @param point of {@link KillSwitch#ADAPTER}
 */
public record KilledAt(String point) implements Scenario {
    private static final Duration DEATH = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "d at " + point;
    }

    @Override
    public String title() {
        return "The server is killed at " + point + " and finishes the transfer when it is back";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("dave", "books", "40.00");
        stage.narrator().step("transfer " + order + "; the server's JVM is halted at " + point);
        stage.killSwitch().armAt(point);
        CompletableFuture<Answer> call = stage.bank().transferAsync(order.json());
        awaitDeath(stage, call);
        startAgain(stage);
        Outcome.of(order).awaitDone(stage, before, RECOVERY);
    }

    static void startAgain(Stage stage) {
        stage.narrator().step("the server is dead; start it again");
        stage.server().start();
        stage.awaitApplications();
        stage.narrator().step("the server is up again");
    }

    /** Of the server that was called, whose answer is lost or has come just before. */
    static void awaitDeath(Stage stage, CompletableFuture<Answer> call) {
        try {
            Answer answer = call.get(DEATH.toSeconds(), TimeUnit.SECONDS);
            stage.narrator().step("the bank has answered " + answer.status() + " before its server died");
        } catch (ExecutionException e) {
            stage.narrator().step("the bank's answer is lost: " + e.getCause());
        } catch (TimeoutException e) {
            throw new ScenarioFailed("the server should have died, but nothing happened for " + DEATH.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScenarioFailed("interrupted");
        } finally {
            stage.killSwitch().disarm();
        }
        stage.server().awaitDeath(DEATH);
    }
}
