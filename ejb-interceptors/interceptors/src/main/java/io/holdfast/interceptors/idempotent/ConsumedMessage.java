package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.jdbc.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A row of {@code holdfast_consumed}. */
record ConsumedMessage(Operation operation, String key, InstantSource clock) implements Repetition {
    static final String PROBE = "select 1 from holdfast_consumed where 1 = 0";

    /** Reads what others have committed, without a lock; the row has no result. */
    static final String LOOK = "select '' from holdfast_consumed where consumer = ? and message_id = ?";

    private static final String INSERT =
            "insert into holdfast_consumed (consumer, message_id, created_at) values (?, ?, ?)";

    static ConsumedMessage of(Operation operation, String key) {
        return new ConsumedMessage(operation, key, InstantSource.system());
    }

    @Override
    public Admission admit(Connection connection) throws SQLException {
        return Dialect.of(connection).insertUnlessThere(connection, INSERT, operation.name(), key, clock.millis())
                ? Admission.FIRST
                : Admission.REPEATED;
    }

    @Override
    public void keep(Connection connection, @Nullable Object result) {
        // The row says all there is to say.
    }

    @Override
    public @Nullable Object result(String stored) {
        return null;
    }
}
