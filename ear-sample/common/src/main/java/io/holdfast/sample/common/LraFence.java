package io.holdfast.sample.common;

import io.holdfast.sample.common.RefusedException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;

/**
 * One row for each LRA that was seen: it lets tries in while the LRA is open, remembers its end (also one that came before any
 * try) and makes tries and ends of one LRA wait for each other. Works in the connection's transaction; confined to it.
 */
public final class LraFence {
    /** What a service knows of an LRA. */
    public enum State {
        OPEN,
        COMPLETED,
        COMPENSATED
    }

    private final Connection connection;

    public LraFence(Connection connection) {
        this.connection = connection;
    }

    public void createTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS lra_fence ("
                    + "lra VARCHAR(1024) PRIMARY KEY, state VARCHAR(16) NOT NULL)");
        }
    }

    /** Lets a try in; refuses it when the LRA has ended here. The row is locked until the transaction ends. */
    public void enter(String lra) throws SQLException {
        State state = lock(lra);
        if (state != State.OPEN) {
            throw new RefusedException(Reason.CONFLICT, "LRA " + lra + " is " + state + " here: too late for a try");
        }
    }

    /** Notes the end; false when the other end was noted before, which then stays. */
    public boolean end(String lra, State wanted) throws SQLException {
        State state = lock(lra);
        if (state != State.OPEN) {
            return state == wanted;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE lra_fence SET state = ? WHERE lra = ? AND state = 'OPEN'")) {
            update.setString(1, wanted.name());
            update.setString(2, lra);
            return update.executeUpdate() == 1;
        }
    }

    /** Insert, then decide: without the row there would be nothing to lock. */
    private State lock(String lra) throws SQLException {
        insertIfMissing(lra);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT state FROM lra_fence WHERE lra = ? FOR UPDATE")) {
            select.setString(1, lra);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return State.valueOf(row.getString(1));
            }
        }
    }

    private void insertIfMissing(String lra) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lra_fence (lra, state) "
                + "SELECT CAST(? AS VARCHAR(1024)), 'OPEN' WHERE NOT EXISTS (SELECT 1 FROM lra_fence WHERE lra = ?)")) {
            insert.setString(1, lra);
            insert.setString(2, lra);
            insert.executeUpdate();
        } catch (SQLIntegrityConstraintViolationException e) {
            // Somebody else inserted it in the meantime; it is there, and that is all that was wanted.
            return;
        }
    }
}
