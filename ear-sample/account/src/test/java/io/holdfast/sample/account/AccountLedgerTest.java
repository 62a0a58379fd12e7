package io.holdfast.sample.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountLedgerTest {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000";
    private Connection connection;
    private AccountLedger ledger;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection(url);
        ledger = new AccountLedger(connection);
        ledger.createTablesAndSeed();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void try_freezes_and_leaves_the_balance_alone() throws SQLException {
        freeze("lra-1", "t1", "30.00");

        assertThat(alice()).isEqualTo(account("10000.00", "30.00"));
        assertThat(states()).containsExactly(OperationState.FROZEN);
    }

    @Test
    void complete_deducts_once_however_often_it_is_called() throws SQLException {
        freeze("lra-1", "t1", "30.00");

        assertThat(ledger.complete("lra-1")).isTrue();
        assertThat(ledger.complete("lra-1")).isTrue();

        assertThat(alice()).isEqualTo(account("9970.00", "0.00"));
        assertThat(states()).containsExactly(OperationState.DEDUCTED);
    }

    @Test
    void compensate_unfreezes_once_however_often_it_is_called() throws SQLException {
        freeze("lra-1", "t1", "30.00");

        assertThat(ledger.compensate("lra-1")).isTrue();
        assertThat(ledger.compensate("lra-1")).isTrue();

        assertThat(alice()).isEqualTo(account("10000.00", "0.00"));
        assertThat(states()).containsExactly(OperationState.UNFROZEN);
    }

    @Test
    void the_same_try_again_freezes_nothing_more() throws SQLException {
        freeze("lra-1", "t1", "30.00");
        freeze("lra-1", "t1", "30.00");

        assertThat(alice()).isEqualTo(account("10000.00", "30.00"));
    }

    @Test
    void the_same_transfer_with_another_amount_is_refused() throws SQLException {
        freeze("lra-1", "t1", "30.00");

        assertThatThrownBy(() -> freeze("lra-1", "t1", "31.00"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("31.00");
    }

    @Test
    void two_transfers_of_one_lra_end_together() throws SQLException {
        freeze("lra-1", "t1", "30.00");
        freeze("lra-1", "t2", "12.00");

        ledger.complete("lra-1");

        assertThat(alice()).isEqualTo(account("9958.00", "0.00"));
    }

    @Test
    void a_cancel_whose_try_was_never_seen_succeeds_and_its_late_try_is_refused() throws SQLException {
        assertThat(ledger.compensate("lra-1")).isTrue();

        assertThatThrownBy(() -> freeze("lra-1", "t1", "30.00"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("COMPENSATED");
        assertThat(alice()).isEqualTo(account("10000.00", "0.00"));
    }

    @Test
    void complete_of_an_lra_that_is_unknown_succeeds_and_changes_nothing() throws SQLException {
        assertThat(ledger.complete("lra-1")).isTrue();
        assertThat(alice()).isEqualTo(account("10000.00", "0.00"));
    }

    @Test
    void complete_after_compensate_is_reported_and_changes_nothing() throws SQLException {
        freeze("lra-1", "t1", "30.00");
        ledger.compensate("lra-1");

        assertThat(ledger.complete("lra-1")).isFalse();
        assertThat(alice()).isEqualTo(account("10000.00", "0.00"));
    }

    @Test
    void more_than_is_available_is_refused_with_both_amounts() throws SQLException {
        freeze("lra-1", "t1", "9000.00");

        assertThatThrownBy(() -> freeze("lra-2", "t2", "1000.01"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessageContaining("1000.00 available")
                .hasMessageContaining("1000.01");
        assertThat(alice()).isEqualTo(account("10000.00", "9000.00"));
    }

    @Test
    void an_unknown_account_is_refused_by_name() {
        assertThatThrownBy(() -> ledger.freeze("lra-1", "t1", "mallory", new BigDecimal("1.00")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN))
                .hasMessageContaining("mallory");
        assertThatThrownBy(() -> ledger.deposit("mallory", new BigDecimal("1.00")))
                .hasMessageContaining("mallory");
    }

    @Test
    void a_second_start_resets_no_balance() throws SQLException {
        ledger.deposit("alice", new BigDecimal("5.00"));

        ledger.createTablesAndSeed();

        assertThat(alice()).isEqualTo(account("10005.00", "0.00"));
        assertThat(ledger.accounts()).extracting(Account::id).containsExactly("alice", "bob", "carol", "dave");
    }

    @Test
    void freezes_at_the_same_time_never_overdraw() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String transfer = "t" + i;
                tries.add(executor.submit(() -> freezesInATransactionOfItsOwn(transfer)));
            }
            int frozen = 0;
            for (Future<Boolean> one : tries) {
                frozen += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(frozen).isEqualTo(3);
        } finally {
            executor.shutdownNow();
        }

        assertThat(alice()).isEqualTo(account("10000.00", "9000.00"));
    }

    private boolean freezesInATransactionOfItsOwn(String transfer) throws SQLException {
        try (Connection own = DriverManager.getConnection(url)) {
            own.setAutoCommit(false);
            try {
                new AccountLedger(own).freeze("lra-of-" + transfer, transfer, "alice", new BigDecimal("3000.00"));
                own.commit();
                return true;
            } catch (RefusedException e) {
                own.rollback();
                return false;
            }
        }
    }

    private void freeze(String lra, String transfer, String amount) throws SQLException {
        ledger.freeze(lra, transfer, "alice", new BigDecimal(amount));
    }

    private Account alice() throws SQLException {
        return ledger.accounts().get(0);
    }

    private static Account account(String balance, String frozen) {
        return new Account("alice", new BigDecimal(balance), new BigDecimal(frozen));
    }

    private List<OperationState> states() throws SQLException {
        return ledger.newestOperations(10).stream()
                .map(operation -> operation.state())
                .toList();
    }
}
