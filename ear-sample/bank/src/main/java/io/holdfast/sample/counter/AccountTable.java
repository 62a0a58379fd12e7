package io.holdfast.sample.counter;

import io.holdfast.sample.common.Money;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.counter.Account.Side;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The accounts at the counter. Works in the connection's transaction; confined to it. */
final class AccountTable {
    private static final BigDecimal OPENING = new BigDecimal("10000.00");
    private static final String PAID = "COALESCE((SELECT SUM(p.amount) FROM counter_payment p "
            + "JOIN counter_step s ON s.payment = p.id WHERE p.customer = a.id AND s.what = 'DEDUCTED' "
            + "OR p.merchant = a.id AND s.what = 'CREDITED'), 0) AS paid";
    private static final List<String> CUSTOMERS = List.of("erin", "frank");
    private static final List<String> MERCHANTS = List.of("bakery", "florist");

    private final Connection connection;

    AccountTable(Connection connection) {
        this.connection = connection;
    }

    void create() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS counter_account (id VARCHAR(64) PRIMARY KEY, "
                    + "side VARCHAR(16) NOT NULL, opening DECIMAL(19,2) NOT NULL, balance DECIMAL(19,2) NOT NULL, "
                    + "frozen DECIMAL(19,2) NOT NULL)");
        }
        for (String customer : CUSTOMERS) {
            insertIfNew(customer, Side.CUSTOMER, OPENING);
        }
        for (String merchant : MERCHANTS) {
            insertIfNew(merchant, Side.MERCHANT, BigDecimal.ZERO);
        }
    }

    private void insertIfNew(String id, Side side, BigDecimal opening) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO counter_account (id, side, opening, balance, frozen) "
                        + "SELECT ?, ?, ?, ?, 0 WHERE NOT EXISTS (SELECT 1 FROM counter_account WHERE id = ?)")) {
            insert.setString(1, id);
            insert.setString(2, side.name());
            insert.setBigDecimal(3, opening);
            insert.setBigDecimal(4, opening);
            insert.setString(5, id);
            insert.executeUpdate();
        }
    }

    /** @throws RefusedException when there is none */
    void require(String id, Side side) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM counter_account WHERE id = ? AND side = ?")) {
            select.setString(1, id);
            select.setString(2, side.name());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new RefusedException(
                            Reason.UNKNOWN,
                            "There is no " + (side == Side.CUSTOMER ? "customer" : "merchant") + " '" + id + "'");
                }
            }
        }
    }

    /** @throws RefusedException when the customer is unknown, or has less than that which is not frozen */
    void freeze(String customer, BigDecimal amount) throws SQLException {
        require(customer, Side.CUSTOMER);
        if (!update("frozen = frozen + ?", "balance - frozen >= ?", customer, amount)) {
            throw new RefusedException(Reason.FORBIDDEN_BY_BUSINESS, customer + " does not have " + Money.text(amount));
        }
    }

    void deduct(String customer, BigDecimal amount) throws SQLException {
        requireAsTried(update("balance = balance - ?, frozen = frozen - ?", "frozen >= ?", customer, amount), customer);
    }

    void unfreeze(String customer, BigDecimal amount) throws SQLException {
        requireAsTried(update("frozen = frozen - ?", "frozen >= ?", customer, amount), customer);
    }

    void credit(String merchant, BigDecimal amount) throws SQLException {
        requireAsTried(update("balance = balance + ?", "? > 0", merchant, amount), merchant);
    }

    private boolean update(String change, String condition, String id, BigDecimal amount) throws SQLException {
        int changes = (int) change.chars().filter(sign -> sign == '?').count();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE counter_account SET " + change + " WHERE id = ? AND " + condition)) {
            for (int i = 1; i <= changes; i++) {
                update.setBigDecimal(i, amount);
            }
            update.setString(changes + 1, id);
            update.setBigDecimal(changes + 2, amount);
            return update.executeUpdate() == 1;
        }
    }

    private static void requireAsTried(boolean changed, String id) {
        if (!changed) {
            throw new IllegalStateException("The account " + id + " is not as the try has left it");
        }
    }

    /** By name. Each is read together with what the payments say of it, by one statement. */
    List<Account> all() throws SQLException {
        List<Account> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, side, opening, balance, frozen, " + PAID + " FROM counter_account a ORDER BY id")) {
            while (rows.next()) {
                found.add(new Account(
                        rows.getString("id"),
                        Side.valueOf(rows.getString("side")),
                        rows.getBigDecimal("opening"),
                        rows.getBigDecimal("balance"),
                        rows.getBigDecimal("frozen"),
                        rows.getBigDecimal("paid")));
            }
        }
        return found;
    }
}
