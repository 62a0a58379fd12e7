package io.holdfast.interceptors.fence;

import io.holdfast.interceptors.jdbc.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A participant whose business change is a row that tells of it, on one connection. Confined to one thread. */
final class Participant implements AutoCloseable {
    private static final String ID = "account";

    private final DataSource database;
    private final Connection connection;
    private final TestClock clock = new TestClock();
    private final Fence fence = new Fence(clock);
    private boolean failing;

    @FunctionalInterface
    private interface Door {
        Verdict ask(Connection connection, String transaction, String participant) throws SQLException;
    }

    Participant(DataSource database) throws SQLException {
        this.database = database;
        fence.createTable(database);
        connection = database.getConnection();
        Statements.update(connection, "create table effect (tx varchar(100), what varchar(10))");
        connection.setAutoCommit(false);
    }

    Verdict tries(String transaction) throws SQLException {
        return call(fence::tryBegins, transaction, "try");
    }

    Verdict confirms(String transaction) throws SQLException {
        return call(fence::confirmBegins, transaction, "confirm");
    }

    Verdict cancels(String transaction) throws SQLException {
        return call(fence::cancelBegins, transaction, "cancel");
    }

    /** The next change is made and then fails before its commit. */
    void failNext() {
        failing = true;
    }

    int clean(Duration age, int atMost) throws SQLException {
        int removed = fence.removeFinished(connection, age, atMost);
        connection.commit();
        return removed;
    }

    List<String> effects(String transaction) throws SQLException {
        List<String> effects = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select what from effect where tx = ?")) {
            query.setString(1, transaction);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    effects.add(rows.getString(1));
                }
            }
        }
        return effects;
    }

    Connection connection() {
        return connection;
    }

    DataSource database() {
        return database;
    }

    Fence fence() {
        return fence;
    }

    TestClock clock() {
        return clock;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Verdict call(Door door, String transaction, String what) throws SQLException {
        Verdict verdict = door.ask(connection, transaction, ID);
        if (verdict == Verdict.RUN) {
            Statements.update(connection, "insert into effect values (?, ?)", transaction, what);
            if (failing) {
                failing = false;
                connection.rollback();
                throw new IllegalStateException("broken");
            }
        }
        connection.commit();
        return verdict;
    }
}
