package io.holdfast.sample.common;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work on a container datasource in the caller's transaction, or with auto-commit where there is none. Thread-safe. */
public final class Database {
    /** What to do with a connection. */
    @FunctionalInterface
    public interface Work<R> {
        R run(Connection connection) throws SQLException;
    }

    /** The database failed: an unchecked exception, so that the container rolls back. */
    public static final class DatabaseException extends RuntimeException {
        DatabaseException(SQLException cause) {
            super(cause);
        }

        public String sqlState() {
            return getCause() instanceof SQLException cause ? String.valueOf(cause.getSQLState()) : "";
        }
    }

    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    public <R> R run(Work<R> work) {
        try (Connection connection = source.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
