package io.holdfast.sample.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitTableTest {
    private static final BigDecimal TEN = new BigDecimal("10.00");
    private static final BigDecimal NONE = new BigDecimal("0.00");

    private Connection connection;
    private LimitTable limits;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        limits = new LimitTable(connection);
        limits.create();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void what_was_reserved_is_used_or_given_back() throws SQLException {
        assertThat(limits.reserve("alice", TEN)).isTrue();
        assertThat(limits.reserve("alice", TEN)).isTrue();
        limits.use("alice", TEN);
        assertThat(limits.all()).containsExactly(new Limit("alice", TEN, TEN));

        limits.giveBack("alice", TEN);

        assertThat(limits.all()).containsExactly(new Limit("alice", TEN, NONE));
    }

    @Test
    void nobody_reserves_more_than_is_left() throws SQLException {
        assertThat(limits.reserve("alice", Limit.MOST.subtract(TEN))).isTrue();
        assertThat(limits.reserve("alice", TEN.add(TEN))).isFalse();
        assertThat(limits.reserve("alice", TEN)).isTrue();
        assertThat(limits.reserve("alice", TEN)).isFalse();
        assertThat(limits.reserve("bob", TEN)).isTrue();
    }

    @Test
    void the_limit_of_somebody_unknown_is_not_used() {
        assertThatThrownBy(() -> limits.use("mallory", TEN)).hasMessageContaining("mallory");
    }
}
