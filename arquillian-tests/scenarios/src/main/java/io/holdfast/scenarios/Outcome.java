package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.CreditState;
import io.holdfast.scenarios.Book.DebitState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

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
    void awaitBothTries(Stage stage) {
        stage.awaitUntil(
                order.amount() + " of " + order.customer() + " is frozen and the credit of " + order.merchant()
                        + " is pending",
                PATIENCE,
                () -> isDebit(stage, DebitState.FROZEN) && isCredit(stage, CreditState.PENDING));
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

    void awaitNothing(Stage stage, Book before) {
        stage.awaitUntil(
                "no row, and both services are back where they were",
                PATIENCE,
                () -> stage.coordinator().recover().isSuccess()
                        && isUndone(stage)
                        && stage.book().transfer(order.id()).isEmpty());
        checkBalances(stage, before, BigDecimal.ZERO);
    }

    boolean isDebit(Stage stage, DebitState state) {
        return stage.bank().debitState(order.id()).equals(Optional.of(state));
    }

    boolean isCredit(Stage stage, CreditState state) {
        return stage.bank().creditState(order.id()).equals(Optional.of(state));
    }

    private boolean isUndone(Stage stage) {
        boolean debitUndone = stage.bank()
                .debitState(order.id())
                .map(state -> state == DebitState.UNFROZEN)
                .orElse(true);
        boolean creditUndone = stage.bank()
                .creditState(order.id())
                .map(state -> state == CreditState.DROPPED)
                .orElse(true);
        return debitUndone && creditUndone;
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
