package io.holdfast.sample.shop;

import io.holdfast.sample.common.Money;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The account centre's table. Works in the connection's transaction; confined to it. */
final class AccountTable {
    private static final Map<String, BigDecimal> SEED = Map.of(
            "alice", new BigDecimal("1000.00"), "bob", new BigDecimal("1000.00"), "poor", new BigDecimal("3.00"));

    private final Connection connection;

    AccountTable(Connection connection) {
        this.connection = connection;
    }

    /** What is there already stays as it is. */
    void createAndSeed() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS shop_account (id VARCHAR(64) PRIMARY KEY, "
                    + "balance DECIMAL(19,2) NOT NULL)");
        }
        if (accounts().isEmpty()) {
            for (Map.Entry<String, BigDecimal> account : SEED.entrySet()) {
                change("INSERT INTO shop_account (balance, id) VALUES (?, ?)", account.getValue(), account.getKey());
            }
        }
    }

    /** @throws NotDebitedException without such an account, or when it has less than that */
    void debit(String id, BigDecimal amount) throws SQLException {
        boolean debited = change(
                "UPDATE shop_account SET balance = balance - ? WHERE id = ? AND balance >= ?", amount, id, amount);
        if (!debited) {
            throw accounts().stream()
                    .filter(account -> account.id().equals(id))
                    .findFirst()
                    .map(account -> new NotDebitedException("Insufficient funds: account " + id + " has "
                            + Money.text(account.balance()) + ", not " + Money.text(amount)))
                    .orElseGet(() -> new NotDebitedException("There is no account '" + id + "'"));
        }
    }

    List<Account> accounts() throws SQLException {
        List<Account> found = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT id, balance FROM shop_account ORDER BY id LIMIT 1000");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Account(rows.getString("id"), rows.getBigDecimal("balance")));
            }
        }
        return found;
    }

    private boolean change(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate() == 1;
        }
    }
}
