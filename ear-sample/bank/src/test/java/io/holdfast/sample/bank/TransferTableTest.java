package io.holdfast.sample.bank;

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

class TransferTableTest {
    private static final Transfer TRANSFER = new Transfer("t1", "alice", "tea", new BigDecimal("1.00"), "");

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=200";
    private Connection first;
    private Connection second;

    @BeforeEach
    void open() throws SQLException {
        first = DriverManager.getConnection(url);
        second = DriverManager.getConnection(url);
        new TransferTable(first).create();
        first.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        first.close();
        second.close();
    }

    @Test
    void an_id_is_taken_once() throws SQLException {
        new TransferTable(first).insert(TRANSFER);
        first.commit();

        assertThatThrownBy(() -> new TransferTable(second).insert(TRANSFER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("t1 already");
    }

    @Test
    void an_id_is_taken_while_its_first_transfer_is_undecided() throws SQLException {
        new TransferTable(first).insert(TRANSFER);

        assertThatThrownBy(() -> new TransferTable(second).insert(TRANSFER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("under way");
    }

    @Test
    void the_lra_is_noted() throws SQLException {
        new TransferTable(first).insert(TRANSFER);
        new TransferTable(first).setLra("t1", "http://lra/1");
        first.commit();

        assertThat(new TransferTable(second).find("t1"))
                .hasValueSatisfying(found -> assertThat(found.lra()).isEqualTo("http://lra/1"));
        assertThat(new TransferTable(second).newest(10)).hasSize(1);
        assertThat(new TransferTable(second).find("t2")).isEmpty();
    }
}
