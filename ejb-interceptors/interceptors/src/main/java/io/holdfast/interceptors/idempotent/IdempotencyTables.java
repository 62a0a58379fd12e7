package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.jdbc.OldRows;
import io.holdfast.interceptors.jdbc.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * The tables {@code holdfast_idempotent} and {@code holdfast_consumed} of {@link Idempotent}, in the business database. Thread-safe, and
 * not bound to one database.
 */
public final class IdempotencyTables {
    private static final OldRows CALLS = new OldRows(
            "select operation, call_key from holdfast_idempotent where created_at < ? and created_at < ?"
                    + " order by created_at limit ?",
            "delete from holdfast_idempotent where operation = ? and call_key = ? and created_at < ?");
    private static final OldRows MESSAGES = new OldRows(
            "select consumer, message_id from holdfast_consumed where created_at < ? and created_at < ?"
                    + " order by created_at limit ?",
            "delete from holdfast_consumed where consumer = ? and message_id = ? and created_at < ?");

    private final InstantSource clock;

    public IdempotencyTables() {
        this(InstantSource.system());
    }

    /** @param clock gives the time that ages are counted from */
    public IdempotencyTables(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates the tables unless they are there, outside any transaction; several nodes may do so at once. Their definitions are
     * shipped as {@code io/holdfast/interceptors/jdbc/idempotent-{h2,postgresql,mysql}.sql} for those who create tables themselves.
     */
    public void create(DataSource database) throws SQLException {
        Tables.create(database, "idempotent", RecordedCall.PROBE, ConsumedMessage.PROBE);
    }

    /**
     * Removes the records of calls that were made longer ago than that, the oldest first, in the caller's transaction. A call that
     * is repeated later than that runs again, so the age has to be longer than anybody repeats. Calls that are running have no
     * record that others see, and are not touched.
     *
     * @param age 1 minute or more
     * @param atMost how many of each table, 1 to 10,000
     * @return how many were removed of both; less than {@code atMost} means that no more are there
     */
    public int removeOld(Connection connection, Duration age, int atMost) throws SQLException {
        return CALLS.remove(connection, clock.instant(), age, atMost)
                + MESSAGES.remove(connection, clock.instant(), age, atMost);
    }
}
