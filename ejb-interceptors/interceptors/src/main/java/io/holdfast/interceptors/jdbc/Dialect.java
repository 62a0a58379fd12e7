package io.holdfast.interceptors.jdbc;

import io.holdfast.interceptors.InterceptorMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

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

        @Override
        public LockWait boundWait(Connection connection, Duration wait) throws SQLException {
            String before = setting(connection, "call lock_timeout()");
            Statements.update(connection, "set lock_timeout " + wait.toMillis());
            return () -> Statements.update(connection, "set lock_timeout " + before);
        }

        @Override
        public boolean isKeptWaiting(SQLException failure) {
            return failure.getErrorCode() == H2_LOCK_TIMEOUT;
        }
    },
    /** A duplicate key would fail the whole transaction. */
    POSTGRESQL(" on conflict do nothing") {
        @Override
        boolean inserts(PreparedStatement insert) throws SQLException {
            return insert.executeUpdate() == 1;
        }

        @Override
        public LockWait boundWait(Connection connection, Duration wait) throws SQLException {
            String before = setting(connection, "select current_setting('lock_timeout')");
            setLocally(connection, wait.toMillis() + "ms");
            return () -> setLocally(connection, before);
        }

        @Override
        public boolean isKeptWaiting(SQLException failure) {
            return "55P03".equals(failure.getSQLState());
        }

        @Override
        public Object untyped(String text) {
            return new Untyped(text);
        }

        /** Ends with the transaction, also when it fails. */
        private void setLocally(Connection connection, String wait) throws SQLException {
            setting(connection, "select set_config('lock_timeout', ?, true)", wait);
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

        @Override
        public LockWait boundWait(Connection connection, Duration wait) throws SQLException {
            String before = setting(connection, "select @@innodb_lock_wait_timeout");
            Statements.update(connection, "set innodb_lock_wait_timeout = " + Math.max(1, wait.toSeconds()));
            return () -> Statements.update(connection, "set innodb_lock_wait_timeout = " + before);
        }

        @Override
        public boolean isKeptWaiting(SQLException failure) {
            return MYSQL_KEPT_WAITING.contains(failure.getErrorCode());
        }
    };

    private static final String DUPLICATE_KEY = "23505";
    private static final int H2_LOCK_TIMEOUT = 50200;
    /** Of several that wait for an insert that is rolled back, InnoDB lets one go on and ends the others as a deadlock. */
    private static final Set<Integer> MYSQL_KEPT_WAITING = Set.of(1205, 1213);

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

    /**
     * Bounds how long statements of the connection wait for locks, until what it returns is closed.
     *
     * @param wait in milliseconds; MySQL and MariaDB: in seconds, 1 at least
     */
    public abstract LockWait boundWait(Connection connection, Duration wait) throws SQLException;

    /** Whether a statement has waited for a lock as long as it might, or until the database ended a deadlock. */
    public abstract boolean isKeptWaiting(SQLException failure);

    /** Whether a statement has waited for a lock, as {@link #isKeptWaiting}, in whatever database. */
    public static boolean isLockFailure(SQLException failure) {
        return Arrays.stream(values()).anyMatch(dialect -> dialect.isKeptWaiting(failure));
    }

    /** A text as the value of a column that may also be an enum of the database. */
    public Object untyped(String text) {
        return text;
    }

    private static String setting(Connection connection, String query, Object... values) throws SQLException {
        return Statements.text(connection, query, values).orElseThrow(() -> new SQLException(query + " gave no row"));
    }

    /** The end of the name of its table definitions. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract boolean inserts(PreparedStatement insert) throws SQLException;
}
