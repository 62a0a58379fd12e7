package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.CreditState;
import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Checks that an order was carried out as a whole, or not at all. */
final class Outcome {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final Order order;

    private Outcome(Order order) {
        this.order = order;
    }

    static Outcome of(Order order) {
        return new Outcome(order);
    }

    /** Waits until both services have set the amount aside and the bank waits. */
    void awaitBothTries(Stage stage, CompletableFuture<Answer> call) {
        String what = order.amount() + " of " + order.customer() + " is frozen and the credit of " + order.merchant()
                + " is pending";
        stage.awaitUntil(
                what,
                PATIENCE,
                () -> call.isDone() || (isDebit(stage, DebitState.FROZEN) && isCredit(stage, CreditState.PENDING)));
        checkWaits(stage, call);
    }

    /** Fails with the bank's answer when it came too early. */
    static void checkWaits(Stage stage, CompletableFuture<Answer> call) {
        if (call.isDone()) {
            throw new ScenarioFailed("the bank should wait, but answered " + stage.answerOf(call));
        }
    }

    void awaitDone(Stage stage, Book before) {
        awaitDone(stage, before, PATIENCE);
    }

    void awaitDone(Stage stage, Book before, Duration patience) {
        stage.awaitUntil(
                "the row is there, the customer's part is deducted, the merchant's credited",
                patience,
                () -> stage.coordinator().recover().isSuccess()
                        && isDebit(stage, DebitState.DEDUCTED)
                        && isCredit(stage, CreditState.CREDITED)
                        && stage.book().transfer(order.id()).isPresent());
        checkBalances(stage, before, order.amount());
    }

    /** Both services did their part and took it back. */
    void awaitUndone(Stage stage, Book before) {
        stage.awaitUntil(
                "no row, the customer's part is unfrozen, the merchant's dropped",
                PATIENCE,
                () -> stage.coordinator().recover().isSuccess()
                        && isDebit(stage, DebitState.UNFROZEN)
                        && isCredit(stage, CreditState.DROPPED)
                        && stage.book().transfer(order.id()).isEmpty());
        checkBalances(stage, before, BigDecimal.ZERO);
    }

    boolean isDebit(Stage stage, DebitState state) {
        return stage.bank().debitState(order.id()).equals(Optional.of(state));
    }

    boolean isCredit(Stage stage, CreditState state) {
        return stage.bank().creditState(order.id()).equals(Optional.of(state));
    }

    private void checkBalances(Stage stage, Book before, BigDecimal moved) {
        Book now = stage.book();
        BigDecimal customer = before.account(order.customer()).balance().subtract(moved);
        stage.check(
                order.customer() + " has " + customer + ", nothing frozen",
                now.account(order.customer()).balance().compareTo(customer) == 0
                        && now.account(order.customer()).frozen().signum() == 0);
        BigDecimal merchant = before.merchant(order.merchant()).balance().add(moved);
        stage.check(
                order.merchant() + " has " + merchant,
                now.merchant(order.merchant()).balance().compareTo(merchant) == 0);
    }
}
