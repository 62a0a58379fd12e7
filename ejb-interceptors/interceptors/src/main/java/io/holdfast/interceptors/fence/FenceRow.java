package io.holdfast.interceptors.fence;

import io.holdfast.interceptors.jdbc.Dialect;
import io.holdfast.interceptors.jdbc.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** One row of the table, seen by one call. */
record FenceRow(Connection connection, String transactionId, String participantId, long nowMillis) {
    private static final String INSERT =
            "insert into holdfast_fence (transaction_id, participant_id, state, created_at, changed_at) values (?, ?, ?, ?, ?)";
    private static final String WHERE = " where transaction_id = ? and participant_id = ?";
    private static final String CHANGE =
            "update holdfast_fence set state = ?, changed_at = ?" + WHERE + " and state = ?";
    private static final String CHANGE_FROM_EITHER =
            "update holdfast_fence set state = ?, changed_at = ?" + WHERE + " and state in (?, ?)";
    /** Locking, since MySQL's repeatable reads would otherwise tell what was there when the transaction began. */
    private static final String READ = "select state from holdfast_fence" + WHERE + " for update";

    /** False when the row is there; waits for another transaction that is inserting it. */
    boolean insert(FenceState state) throws SQLException {
        return Dialect.of(connection)
                .insertUnlessThere(
                        connection, INSERT, transactionId, participantId, state.name(), nowMillis, nowMillis);
    }

    boolean change(FenceState from, FenceState to) throws SQLException {
        return Statements.update(connection, CHANGE, to.name(), nowMillis, transactionId, participantId, from.name())
                == 1;
    }

    boolean change(FenceState from, FenceState orFrom, FenceState to) throws SQLException {
        return Statements.update(
                        connection,
                        CHANGE_FROM_EITHER,
                        to.name(),
                        nowMillis,
                        transactionId,
                        participantId,
                        from.name(),
                        orFrom.name())
                == 1;
    }

    Optional<FenceState> read() throws SQLException {
        return Statements.text(connection, READ, transactionId, participantId).map(FenceState::valueOf);
    }
}
