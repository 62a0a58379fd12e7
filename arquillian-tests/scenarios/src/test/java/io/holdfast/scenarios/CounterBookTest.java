package io.holdfast.scenarios;

import static io.holdfast.scenarios.CounterBook.Step.CREDITED;
import static io.holdfast.scenarios.CounterBook.Step.DEDUCTED;
import static io.holdfast.scenarios.CounterBook.Step.FROZEN;
import static io.holdfast.scenarios.CounterBook.Step.REFUSED;
import static io.holdfast.scenarios.CounterBook.Step.UNFREEZING_FAILED;
import static io.holdfast.scenarios.CounterBook.Step.UNFROZEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.CounterBook.Account;
import io.holdfast.scenarios.CounterBook.Payment;
import io.holdfast.scenarios.CounterBook.Step;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterBookTest {
    private static final Payment PAID = payment("1", FROZEN, CREDITED, DEDUCTED);

    @Test
    void a_payment_that_is_paid_and_one_that_is_taken_back_are_right() {
        assertThat(broken("90", "0", "10", PAID, payment("2", FROZEN, REFUSED, UNFREEZING_FAILED, UNFROZEN)))
                .isEmpty();
        assertThat(CounterBook.EMPTY.broken()).isEmpty();
    }

    @Test
    void a_payment_that_is_half_done_done_twice_or_both_is_found() {
        String neither = "payment 1 was neither paid nor taken back once";
        for (Payment payment : List.of(
                payment("1", FROZEN),
                payment("1", FROZEN, CREDITED),
                payment("1", FROZEN, DEDUCTED),
                payment("1", FROZEN, CREDITED, DEDUCTED, UNFROZEN),
                payment("1", FROZEN, FROZEN, CREDITED, DEDUCTED),
                payment("1", FROZEN, CREDITED, CREDITED, DEDUCTED),
                payment("1", FROZEN, UNFROZEN, UNFROZEN))) {
            assertThat(broken("90", "0", "10", payment)).anyMatch(rule -> rule.startsWith(neither));
        }
    }

    @Test
    void money_that_stays_frozen_is_found() {
        assertThat(broken("90", "5", "10", PAID)).containsExactly("account erin at the counter has 5 frozen");
    }

    @Test
    void a_balance_that_no_payment_explains_is_found_also_where_no_money_is_made() {
        assertThat(broken("80", "0", "20", PAID))
                .containsExactly(
                        "account erin at the counter has 80, but its payments leave 90",
                        "account bakery at the counter has 20, but its payments leave 10");
    }

    @Test
    void payments_that_are_not_listed_explain_the_balances_too() {
        assertThat(broken("90", "0", "10")).isEmpty();
    }

    @Test
    void a_payment_that_is_not_settled_is_found_once_whether_it_is_listed_or_not() {
        assertThat(broken(1, "90", "0", "10", payment("2", FROZEN)))
                .containsExactly("payment 2 was neither paid nor taken back once: [FROZEN]");
        assertThat(broken(3, "90", "0", "10", payment("2", FROZEN)))
                .contains("2 of the older payments were neither paid nor taken back once");
    }

    @Test
    void money_from_nowhere_is_found() {
        assertThat(broken("90", "0", "11", PAID)).contains("the counter has made 1");
    }

    private static Payment payment(String id, Step... steps) {
        return new Payment(id, "erin", "bakery", BigDecimal.TEN, List.of(steps));
    }

    private static List<String> broken(String balance, String frozen, String merchant, Payment... payments) {
        return broken(0, balance, frozen, merchant, payments);
    }

    private static List<String> broken(
            int unsettled, String balance, String frozen, String merchant, Payment... payments) {
        Account erin = new Account(
                "erin", true, new BigDecimal("100"), new BigDecimal(balance), new BigDecimal(frozen), BigDecimal.TEN);
        Account bakery = new Account(
                "bakery", false, BigDecimal.ZERO, new BigDecimal(merchant), BigDecimal.ZERO, BigDecimal.TEN);
        return new CounterBook(List.of(erin, bakery), List.of(payments), unsettled).broken();
    }
}
