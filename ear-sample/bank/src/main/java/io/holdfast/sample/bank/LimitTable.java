package io.holdfast.sample.bank;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The customers' limits. Works in the connection's transaction; confined to it. */
final class LimitTable {
    private final Connection connection;

    LimitTable(Connection connection) {
        this.connection = connection;
    }

    void create() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS spending (customer VARCHAR(64) PRIMARY KEY, "
                    + "used DECIMAL(19,2) NOT NULL, reserved DECIMAL(19,2) NOT NULL)");
        }
    }

    /** False when that would be more than the customer may transfer; two that come at once wait for each other. */
    boolean reserve(String customer, BigDecimal amount) throws SQLException {
        insertIfNew(customer);
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE spending SET reserved = reserved + ? " + "WHERE customer = ? AND used + reserved + ? <= ?")) {
            update.setBigDecimal(1, amount);
            update.setString(2, customer);
            update.setBigDecimal(3, amount);
            update.setBigDecimal(4, Limit.MOST);
            return update.executeUpdate() == 1;
        }
    }

    private void insertIfNew(String customer) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO spending (customer, used, reserved) "
                + "SELECT ?, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM spending WHERE customer = ?)")) {
            insert.setString(1, customer);
            insert.setString(2, customer);
            insert.executeUpdate();
        } catch (SQLIntegrityConstraintViolationException another) {
            // Somebody else's first transfer of the same customer has inserted it meanwhile.
            System.getLogger(LimitTable.class.getName()).log(System.Logger.Level.DEBUG, customer, another);
        }
    }

    void use(String customer, BigDecimal amount) throws SQLException {
        update("UPDATE spending SET reserved = reserved - ?, used = used + ? WHERE customer = ?", customer, amount, 2);
    }

    void giveBack(String customer, BigDecimal amount) throws SQLException {
        update("UPDATE spending SET reserved = reserved - ? WHERE customer = ?", customer, amount, 1);
    }

    private void update(String sql, String customer, BigDecimal amount, int amounts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 1; i <= amounts; i++) {
                update.setBigDecimal(i, amount);
            }
            update.setString(amounts + 1, customer);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("There is no limit of " + customer);
            }
        }
    }

    List<Limit> all() throws SQLException {
        List<Limit> found = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT customer, used, reserved FROM spending ORDER BY customer");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Limit(
                        rows.getString("customer"), rows.getBigDecimal("used"), rows.getBigDecimal("reserved")));
            }
        }
        return found;
    }
}
