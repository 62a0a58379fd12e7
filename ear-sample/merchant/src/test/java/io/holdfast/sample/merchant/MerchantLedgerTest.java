package io.holdfast.sample.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MerchantLedgerTest {
    private Connection connection;
    private MerchantLedger ledger;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        ledger = new MerchantLedger(connection);
        ledger.createTablesAndSeed();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void try_touches_no_balance() throws SQLException {
        note("lra-1");

        assertThat(tea()).isEqualTo("0.00");
        assertThat(state()).isEqualTo(OperationState.PENDING);
    }

    @Test
    void complete_credits_once_however_often_it_is_called() throws SQLException {
        note("lra-1");

        assertThat(ledger.complete("lra-1")).isTrue();
        assertThat(ledger.complete("lra-1")).isTrue();

        assertThat(tea()).isEqualTo("30.00");
        assertThat(state()).isEqualTo(OperationState.CREDITED);
    }

    @Test
    void compensate_drops_and_touches_no_balance() throws SQLException {
        note("lra-1");

        assertThat(ledger.compensate("lra-1")).isTrue();
        assertThat(ledger.compensate("lra-1")).isTrue();

        assertThat(tea()).isEqualTo("0.00");
        assertThat(state()).isEqualTo(OperationState.DROPPED);
    }

    @Test
    void a_cancel_whose_try_was_never_seen_succeeds_and_its_late_try_is_refused() throws SQLException {
        assertThat(ledger.compensate("lra-1")).isTrue();

        assertThatThrownBy(() -> note("lra-1")).isInstanceOf(RefusedException.class);
        assertThat(ledger.newestOperations(1)).isEmpty();
    }

    @Test
    void compensate_after_complete_is_reported_and_changes_nothing() throws SQLException {
        note("lra-1");
        ledger.complete("lra-1");

        assertThat(ledger.compensate("lra-1")).isFalse();
        assertThat(tea()).isEqualTo("30.00");
    }

    @Test
    void an_unknown_merchant_is_refused_by_name() {
        assertThatThrownBy(() -> ledger.note("lra-1", "t1", "mallory", BigDecimal.TEN))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("mallory");
    }

    private void note(String lra) throws SQLException {
        ledger.note(lra, "t1", "tea", new BigDecimal("30.00"));
    }

    private BigDecimal tea() throws SQLException {
        return ledger.merchants().stream()
                .filter(merchant -> merchant.id().equals("tea"))
                .findFirst()
                .orElseThrow()
                .balance();
    }

    private OperationState state() throws SQLException {
        return ledger.newestOperations(1).get(0).state();
    }
}
