package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.StoreClient.Step;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The store's orders are actions with undos, and not one transaction: what was done is undone, the last first, when a later step fails. */
public final class UndoneInReverse implements Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ITEM = "lamp";

    @Override
    public String name() {
        return "h";
    }

    @Override
    public String title() {
        return "The store: order, stock, payment, shipping are undone in reverse order when a later step fails";
    }

    @Override
    public void play(Stage stage) {
        int before = stage.store().stock(ITEM);
        String done = order(stage, "none", 201);
        awaitSteps(stage, done, List.of("order", "stock", "payment", "shipping"));
        String refused = order(stage, "payment", 422);
        awaitSteps(stage, refused, List.of("order", "stock", "undo stock", "undo order"));
        String noCarrier = order(stage, "shipping", 422);
        awaitSteps(stage, noCarrier, List.of("order", "stock", "payment", "undo payment", "undo stock", "undo order"));
        String failed = order(stage, "end", 422);
        awaitSteps(
                stage,
                failed,
                List.of(
                        "order",
                        "stock",
                        "payment",
                        "shipping",
                        "undo shipping",
                        "undo payment",
                        "undo stock",
                        "undo order"));
        stage.check(
                "one order of four has left the stock: " + before + " - 1",
                stage.store().stock(ITEM) == before - 1);
        refusesBadInput(stage);
    }

    private static String order(Stage stage, String failAt, int status) {
        String id = UUID.randomUUID().toString();
        stage.narrator().step("order " + id + ", a lamp" + (failAt.equals("none") ? "" : ", fails at: " + failAt));
        Answer answer = stage.store().order(id, ITEM, 1, failAt);
        stage.check("the store answers " + status + ": " + answer.body(), answer.status() == status);
        if (status == 201) {
            stage.check("the answer says where to ask for it", stage.isFoundWhereItSays(answer, id));
        }
        return id;
    }

    private static void awaitSteps(Stage stage, String order, List<String> steps) {
        stage.awaitUntil(
                String.join(", ", steps), PATIENCE, () -> words(stage, order).equals(steps));
        for (Step step : stage.store().steps(order)) {
            stage.narrator().step((step.undone() ? "    undone: " : "    done:   ") + step.text());
        }
    }

    private static List<String> words(Stage stage, String order) {
        return stage.store().steps(order).stream().map(Step::toString).toList();
    }

    private static void refusesBadInput(Stage stage) {
        Answer many = stage.store().order("many", ITEM, 101, "none");
        stage.check(
                "101 pieces are too many: " + many.body(),
                many.status() == 400 && many.body().contains("101"));
        Answer unknown = stage.store().order(UUID.randomUUID().toString(), "piano", 1, "none");
        stage.check(
                "there is no piano: " + unknown.body(),
                unknown.status() == 422 && unknown.body().contains("piano"));
    }
}
