package io.holdfast.interceptors.jdbc;

import io.holdfast.interceptors.InterceptorMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements with their values. */
public final class Statements {
    private Statements() {}

    /** @return the number of rows */
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** The first column of the only row, empty without a row. */
    public static Optional<String> text(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * A connection in auto-commit mode would commit our row alone, without the business change.
     *
     * @throws IllegalStateException when it is in that mode
     */
    public static void requireTransaction(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(InterceptorMessage.AUTO_COMMIT.with());
        }
    }

    /** Gives the statement its values, from the first on. */
    public static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int index = 0; index < values.length; index++) {
            if (values[index] instanceof Untyped value) {
                statement.setObject(index + 1, value.text(), Types.OTHER);
            } else {
                statement.setObject(index + 1, values[index]);
            }
        }
    }
}
