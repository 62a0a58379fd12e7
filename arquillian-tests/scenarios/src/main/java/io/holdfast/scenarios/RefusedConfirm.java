package io.holdfast.scenarios;

import static io.holdfast.scenarios.CounterBook.Step.CREDITED;
import static io.holdfast.scenarios.CounterBook.Step.DEDUCTED;
import static io.holdfast.scenarios.CounterBook.Step.FROZEN;
import static io.holdfast.scenarios.CounterBook.Step.REFUSED;
import static io.holdfast.scenarios.CounterBook.Step.UNFREEZING_FAILED;
import static io.holdfast.scenarios.CounterBook.Step.UNFROZEN;

import io.holdfast.scenarios.CounterBook.Payment;
import io.holdfast.scenarios.CounterBook.Step;
import io.holdfast.scenarios.CounterClient.Alarm;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A payment within the bank has TCC participants only: a merchant who refuses to confirm has it cancelled, and the customer's money is back. */
public final class RefusedConfirm implements Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CUSTOMER = "erin";
    private static final String MERCHANT = "bakery";
    private static final String AMOUNT = "40.00";

    @Override
    public String name() {
        return "j";
    }

    @Override
    public String title() {
        return "The counter: a merchant who refuses to confirm has the payment cancelled; unfreezing is repeated, and an alarm raised";
    }

    @Override
    public void play(Stage stage) {
        CounterBook before = stage.counter().book();
        awaitSteps(stage, pay(stage, "none", 201), FROZEN, CREDITED, DEDUCTED);
        awaitSteps(stage, pay(stage, "closed", 422), FROZEN, REFUSED, UNFROZEN);
        String repeated = pay(stage, "unfreeze", 422);
        awaitSteps(stage, repeated, FROZEN, REFUSED, UNFREEZING_FAILED, UNFREEZING_FAILED, UNFREEZING_FAILED, UNFROZEN);
        stage.check(
                "three failures are repeated without an alarm",
                alarmFor(stage, repeated).isEmpty());
        unfreezesAfterAnAlarm(stage);
        refusesBadInput(stage);
        checkBalances(stage, before);
    }

    private static String pay(Stage stage, String fault, int status) {
        String id = UUID.randomUUID().toString();
        stage.narrator()
                .step("payment " + id + ": " + AMOUNT + " from " + CUSTOMER + " to " + MERCHANT
                        + (fault.equals("none") ? "" : ", fault: " + fault));
        Answer answer = stage.counter().pay(id, CUSTOMER, MERCHANT, AMOUNT, fault);
        stage.check("the counter answers " + status + ": " + answer.body(), answer.status() == status);
        if (status == 201) {
            stage.check("the answer says where to ask for it", stage.isFoundWhereItSays(answer, id));
        }
        if (status == 422) {
            stage.check(
                    "the answer says that the merchant's account is closed",
                    answer.body().contains("account of " + MERCHANT + " was closed"));
        }
        return id;
    }

    private static void awaitSteps(Stage stage, String payment, Step... steps) {
        stage.awaitUntil(List.of(steps).toString(), PATIENCE, () -> stepsOf(stage, payment)
                .equals(List.of(steps)));
    }

    private static List<Step> stepsOf(Stage stage, String payment) {
        return stage.counter().book().payment(payment).map(Payment::steps).orElse(List.of());
    }

    private static void unfreezesAfterAnAlarm(Stage stage) {
        String payment = pay(stage, "alarm", 422);
        stage.awaitUntil("the bank hears of an alarm", PATIENCE, () -> alarmFor(stage, payment)
                .isPresent());
        Alarm alarm = alarmFor(stage, payment).orElseThrow();
        stage.check(
                "it is the customer's side that is told to cancel, and has not refused: " + alarm,
                alarm.participant().startsWith("CustomerAccount")
                        && alarm.decision().equals("CANCEL")
                        && !alarm.refused());
        stage.awaitUntil(
                "it is repeated all the same, and the money is unfrozen", PATIENCE, () -> stepsOf(stage, payment)
                        .contains(UNFROZEN));
        stage.check(
                "unfreezing has failed " + alarm.attempts() + " times at least",
                Collections.frequency(stepsOf(stage, payment), UNFREEZING_FAILED) >= alarm.attempts());
    }

    private static Optional<Alarm> alarmFor(Stage stage, String payment) {
        return stage.counter().alarms().stream()
                .filter(alarm -> alarm.payment().equals(payment))
                .findFirst();
    }

    private static void refusesBadInput(Stage stage) {
        refused(stage, "an amount of zero", CUSTOMER, MERCHANT, "0", "none", 400, "'0'");
        refused(stage, "an unknown fault", CUSTOMER, MERCHANT, "1", "earthquake", 400, "earthquake");
        refused(stage, "an unknown customer", "mallory", MERCHANT, "1", "none", 404, "mallory");
        refused(stage, "an unknown merchant", CUSTOMER, "weapons", "1", "none", 404, "weapons");
        refused(stage, "more than there is", CUSTOMER, MERCHANT, "123456.78", "none", 422, "123456.78");
        String taken = stage.counter().book().payments().get(0).id();
        Answer again = stage.counter().pay(taken, CUSTOMER, MERCHANT, "1", "none");
        stage.check(
                "a payment that is there already: " + again.body(),
                again.status() == 409 && again.body().contains(taken));
    }

    private static void refused(
            Stage stage,
            String what,
            String customer,
            String merchant,
            String amount,
            String fault,
            int status,
            String value) {
        Answer answer = stage.counter().pay(UUID.randomUUID().toString(), customer, merchant, amount, fault);
        stage.check(
                what + " is refused, naming " + value + ": " + answer.status() + " " + answer.body(),
                answer.status() == status && answer.body().contains(value));
    }

    private static void checkBalances(Stage stage, CounterBook before) {
        CounterBook after = stage.counter().book();
        BigDecimal amount = new BigDecimal(AMOUNT);
        BigDecimal left = before.account(CUSTOMER).balance().subtract(amount);
        BigDecimal got = before.account(MERCHANT).balance().add(amount);
        stage.check(
                "one payment of four is paid: " + CUSTOMER + " has " + left + ", " + MERCHANT + " " + got,
                after.account(CUSTOMER).balance().compareTo(left) == 0
                        && after.account(MERCHANT).balance().compareTo(got) == 0);
    }
}
