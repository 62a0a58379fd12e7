package io.holdfast.interceptors.fence;

import io.holdfast.interceptors.jdbc.OldRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** The rows that nobody needs any more. */
final class FinishedRows {
    private static final String FINISHED = "state in ('CONFIRMED', 'CANCELLED') and changed_at < ?";
    private static final OldRows ROWS = new OldRows(
            // changed_at is never before created_at, and has no index, so that changing a row leaves the indexes alone.
            // H2 has no index
            // for this at all: each one costs it as much as the table.
            "select transaction_id, participant_id from holdfast_fence where created_at < ? and " + FINISHED
                    + " order by created_at limit ?",
            "delete from holdfast_fence where transaction_id = ? and participant_id = ? and " + FINISHED);

    private FinishedRows() {}

    static int remove(Connection connection, Instant now, Duration age, int atMost) throws SQLException {
        return ROWS.remove(connection, now, age, atMost);
    }
}
