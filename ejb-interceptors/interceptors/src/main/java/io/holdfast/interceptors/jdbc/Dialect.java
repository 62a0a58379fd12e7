package io.holdfast.interceptors.jdbc;

import io.holdfast.interceptors.InterceptorMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/** How a row is inserted unless it is there, so that the loser of two inserts learns it without losing its transaction. */
public enum Dialect {
    /** A duplicate key fails the statement only. */
    H2("") {
        @Override
        boolean inserts(PreparedStatement insert) throws SQLException {
            try {
                return insert.executeUpdate() == 1;
            } catch (SQLException e) {
                if (DUPLICATE_KEY.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        }
    },
    /** A duplicate key would fail the whole transaction. */
    POSTGRESQL(" on conflict do nothing") {
        @Override
        boolean inserts(PreparedStatement insert) throws SQLException {
            return insert.executeUpdate() == 1;
        }
    },
    /**
     * MySQL and MariaDB. A plain or ignored insert would take a shared lock on the row that is there, and two that go on to change
     * it would wait for each other; this takes an exclusive one. It counts 2 when the row was there.
     */
    MYSQL(" on duplicate key update repeats = repeats + 1") {
        @Override
        boolean inserts(PreparedStatement insert) throws SQLException {
            return insert.executeUpdate() == 1;
        }
    };

    private static final String DUPLICATE_KEY = "23505";

    private final String insertSuffix;

    Dialect(String insertSuffix) {
        this.insertSuffix = insertSuffix;
    }

    /** @throws IllegalStateException for a database that is none of these */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            case "MySQL", "MariaDB" -> MYSQL;
            default -> throw new IllegalStateException(InterceptorMessage.UNKNOWN_DATABASE.with(product));
        };
    }

    /**
     * Inserts, or waits for the transaction that has the same key and is still open and answers false when that one commits.
     *
     * @param insert {@code insert into ... values (...)}, whose table has one unique index
     */
    public boolean insertUnlessThere(Connection connection, String insert, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert + insertSuffix)) {
            Statements.bind(statement, values);
            return inserts(statement);
        }
    }

    /** The end of the name of its table definitions. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract boolean inserts(PreparedStatement insert) throws SQLException;
}
