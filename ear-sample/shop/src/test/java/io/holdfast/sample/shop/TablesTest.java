package io.holdfast.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final BigDecimal PRICE = new BigDecimal("7.00");

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        new OrderTable(connection).create();
        new AccountTable(connection).createAndSeed();
        new AccountTable(connection).createAndSeed();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void an_order_ends_once() throws SQLException {
        OrderTable orders = new OrderTable(connection);
        orders.insert(new ShopOrder("1", "alice", PRICE, OrderState.PLACED, "", ""));
        assertThat(orders.end("1", OrderState.CANCELLED, "x".repeat(2000))).isTrue();
        assertThat(orders.end("1", OrderState.COMPLETED, "")).isFalse();
        assertThat(orders.end("2", OrderState.COMPLETED, "")).isFalse();
        ShopOrder ended = orders.find("1").orElseThrow();
        assertThat(ended.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(ended.reason()).hasSize(1000);
        assertThat(orders.newest(5)).containsExactly(ended);
    }

    @Test
    void an_id_is_taken_once() throws SQLException {
        OrderTable orders = new OrderTable(connection);
        ShopOrder order = new ShopOrder("1", "alice", PRICE, OrderState.PLACED, "", "");
        orders.insert(order);
        assertThatThrownBy(() -> orders.insert(order)).isInstanceOf(RefusedException.class);
    }

    @Test
    void an_account_is_debited_down_to_nothing_and_no_further() throws SQLException {
        AccountTable accounts = new AccountTable(connection);
        accounts.debit("poor", new BigDecimal("3.00"));
        assertThatThrownBy(() -> accounts.debit("poor", new BigDecimal("0.01")))
                .isInstanceOf(NotDebitedException.class)
                .hasMessage("Insufficient funds: account poor has 0.00, not 0.01");
        assertThatThrownBy(() -> accounts.debit("nobody", PRICE))
                .isInstanceOf(NotDebitedException.class)
                .hasMessage("There is no account 'nobody'");
    }
}
