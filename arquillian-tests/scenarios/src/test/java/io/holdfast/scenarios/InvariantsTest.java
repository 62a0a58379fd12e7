package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Book.Account;
import io.holdfast.scenarios.Book.Credit;
import io.holdfast.scenarios.Book.CreditState;
import io.holdfast.scenarios.Book.Debit;
import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.Book.Limit;
import io.holdfast.scenarios.Book.Lra;
import io.holdfast.scenarios.Book.Merchant;
import io.holdfast.scenarios.Book.Transfer;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantsTest {
    private static final BigDecimal TEN = BigDecimal.TEN;
    private static final Account ALICE = new Account("alice", new BigDecimal("90.00"), BigDecimal.ZERO);
    private static final Merchant BOOKS = new Merchant("books", new BigDecimal("10.00"));
    private static final Transfer ROW = new Transfer("1", "alice", "books", TEN);
    private static final Debit DEDUCTED = new Debit("1", "alice", TEN, DebitState.DEDUCTED);
    private static final Credit CREDITED = new Credit("1", "books", TEN, CreditState.CREDITED);
    private static final Lra CLOSED = new Lra("http://lra/1", "Closed");

    private final Invariants invariants = new Invariants(new BigDecimal("100"));

    @Test
    void a_book_in_which_everything_agrees_is_right() {
        assertThat(broken(ALICE, List.of(ROW), List.of(DEDUCTED), List.of(CREDITED), CLOSED))
                .isEmpty();
    }

    @Test
    void an_undone_transfer_is_right() {
        Debit unfrozen = new Debit("2", "alice", TEN, DebitState.UNFROZEN);
        Credit dropped = new Credit("2", "books", TEN, CreditState.DROPPED);
        assertThat(broken(
                        ALICE,
                        List.of(ROW),
                        List.of(DEDUCTED, unfrozen),
                        List.of(CREDITED, dropped),
                        new Lra("http://lra/2", "Cancelled")))
                .isEmpty();
    }

    @Test
    void money_from_nowhere_is_found() {
        Account rich = new Account("alice", new BigDecimal("90.01"), BigDecimal.ZERO);
        assertThat(broken(rich, List.of(ROW), List.of(DEDUCTED), List.of(CREDITED), CLOSED))
                .containsExactly("all money together is 100.01, must be 100");
    }

    @Test
    void a_forgotten_freeze_is_found() {
        Account frozen = new Account("alice", new BigDecimal("90.00"), BigDecimal.ONE);
        Debit left = new Debit("3", "alice", BigDecimal.ONE, DebitState.FROZEN);
        assertThat(broken(frozen, List.of(ROW), List.of(DEDUCTED, left), List.of(CREDITED), CLOSED))
                .containsExactly("account alice has 1 frozen", "transfer 3 left 1 of alice frozen");
    }

    @Test
    void an_overdrawn_account_is_found() {
        Account poor = new Account("alice", new BigDecimal("-1.00"), BigDecimal.ZERO);
        assertThat(new Invariants(new BigDecimal("9"))
                        .broken(new Book(
                                List.of(poor),
                                List.of(BOOKS),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                CounterBook.EMPTY)))
                .containsExactly("account alice owns -1.00");
    }

    @Test
    void a_debit_without_a_row_is_found() {
        assertThat(broken(ALICE, List.of(), List.of(DEDUCTED), List.of(), CLOSED))
                .containsExactly("transfer 1 was deducted but has no row");
    }

    @Test
    void a_credit_without_a_row_is_found() {
        assertThat(broken(ALICE, List.of(), List.of(), List.of(CREDITED), CLOSED))
                .containsExactly("transfer 1 was credited but has no row");
    }

    @Test
    void a_row_without_a_credit_is_found() {
        assertThat(broken(ALICE, List.of(ROW), List.of(DEDUCTED), List.of(), CLOSED))
                .containsExactly("transfer 1 has a row but 10 was not credited to books");
    }

    @Test
    void a_row_whose_debit_was_undone_is_found() {
        Debit unfrozen = new Debit("1", "alice", TEN, DebitState.UNFROZEN);
        assertThat(broken(ALICE, List.of(ROW), List.of(unfrozen), List.of(CREDITED), CLOSED))
                .containsExactly(
                        "transfer 1 has a row but was unfrozen",
                        "transfer 1 has a row but 10 was not deducted from alice");
    }

    @Test
    void a_row_whose_credit_is_pending_or_dropped_is_found() {
        assertThat(broken(
                        ALICE,
                        List.of(ROW),
                        List.of(DEDUCTED),
                        List.of(new Credit("1", "books", TEN, CreditState.PENDING)),
                        CLOSED))
                .contains("transfer 1 left a credit of books pending");
        assertThat(broken(
                        ALICE,
                        List.of(ROW),
                        List.of(DEDUCTED),
                        List.of(new Credit("1", "books", TEN, CreditState.DROPPED)),
                        CLOSED))
                .contains("transfer 1 has a row but its credit was dropped");
    }

    @Test
    void a_second_debit_or_credit_of_a_transfer_is_found() {
        assertThat(broken(ALICE, List.of(ROW), List.of(DEDUCTED, DEDUCTED), List.of(CREDITED, CREDITED), CLOSED))
                .containsExactly("transfer 1 has more than one debit", "transfer 1 has more than one credit");
    }

    @Test
    void another_amount_account_or_merchant_than_the_rows_is_found() {
        Debit tooMuch = new Debit("1", "alice", new BigDecimal("11"), DebitState.DEDUCTED);
        Credit other = new Credit("1", "tea", TEN, CreditState.CREDITED);
        assertThat(broken(ALICE, List.of(ROW), List.of(tooMuch), List.of(other), CLOSED))
                .hasSize(2);
    }

    @Test
    void a_limit_that_is_still_reserved_or_says_something_else_than_the_rows_is_found() {
        assertThat(broken(new Limit("alice", TEN, BigDecimal.ONE))).containsExactly("limit of alice has 1 reserved");
        assertThat(broken(new Limit("alice", BigDecimal.ONE, BigDecimal.ZERO)))
                .containsExactly("limit of alice says that 1 was transferred, but it was 10");
        assertThat(broken()).containsExactly("alice has transferred 10 and has no limit");
    }

    @Test
    void an_open_or_failed_lra_is_found() {
        assertThat(broken(
                        ALICE, List.of(ROW), List.of(DEDUCTED), List.of(CREDITED), new Lra("http://lra/4", "Closing")))
                .containsExactly("LRA http://lra/4 is still Closing");
        assertThat(broken(
                        ALICE,
                        List.of(ROW),
                        List.of(DEDUCTED),
                        List.of(CREDITED),
                        new Lra("http://lra/5", "FailedToCancel")))
                .containsExactly("LRA http://lra/5 ended FailedToCancel");
    }

    private List<String> broken(
            Account account, List<Transfer> rows, List<Debit> debits, List<Credit> credits, Lra lra) {
        BigDecimal used = rows.stream().map(Transfer::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        Limit limit = new Limit("alice", used, BigDecimal.ZERO);
        return invariants.broken(new Book(
                List.of(account),
                List.of(BOOKS),
                rows,
                debits,
                credits,
                List.of(limit),
                List.of(lra),
                CounterBook.EMPTY));
    }

    private List<String> broken(Limit... limits) {
        return invariants.broken(new Book(
                List.of(ALICE),
                List.of(BOOKS),
                List.of(ROW),
                List.of(DEDUCTED),
                List.of(CREDITED),
                List.of(limits),
                List.of(CLOSED),
                CounterBook.EMPTY));
    }
}
