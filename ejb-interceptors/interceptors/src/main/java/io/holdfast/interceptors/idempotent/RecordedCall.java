package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Dialect;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.json.StoredValues;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code holdfast_idempotent}. */
record RecordedCall(Operation operation, String key, InstantSource clock) implements Repetition {
    static final String PROBE = "select 1 from holdfast_idempotent where 1 = 0";

    /** Reads what others have committed, without a lock. */
    static final String LOOK = "select result from holdfast_idempotent where operation = ? and call_key = ?";

    private static final int LONGEST_RESULT = 1_000_000;
    /** Each further round needs that the clean-up removes the row between two statements. */
    private static final int ROUNDS = 3;

    private static final String INSERT =
            "insert into holdfast_idempotent (operation, call_key, result, created_at) values (?, ?, '', ?)";
    private static final String WHERE = " where operation = ? and call_key = ?";
    private static final String KEEP = "update holdfast_idempotent set result = ?" + WHERE;
    /** Locking, since MySQL's repeatable reads would otherwise tell what was there when the transaction began. */
    private static final String READ = "select result from holdfast_idempotent" + WHERE + " for update";

    static RecordedCall of(Operation operation, String key) {
        return new RecordedCall(operation, key, InstantSource.system());
    }

    @Override
    public Admission admit(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        for (int round = 0; round < ROUNDS; round++) {
            if (dialect.insertUnlessThere(connection, INSERT, operation.name(), key, clock.millis())) {
                return Admission.FIRST;
            }
            Optional<String> stored = Statements.text(connection, READ, operation.name(), key);
            if (stored.isPresent()) {
                return new Admission(false, stored.get());
            }
        }
        throw new SQLException(InterceptorMessage.RECORD_CHANGES.with(operation.name(), key), "40001");
    }

    @Override
    public void keep(Connection connection, @Nullable Object result) throws SQLException {
        if (operation.result() == void.class) {
            return;
        }
        String stored = StoredValues.write(new Type[] {operation.result()}, new @Nullable Object[] {result});
        if (stored.length() > LONGEST_RESULT) {
            throw new IdempotentException(
                    InterceptorMessage.RESULT_TOO_LONG.with(operation.name(), key, stored.length(), LONGEST_RESULT),
                    null);
        }
        Statements.update(connection, KEEP, stored, operation.name(), key);
    }

    @Override
    public @Nullable Object result(String stored) {
        if (operation.result() == void.class) {
            return null;
        }
        if (stored.isEmpty()) {
            // Others see the row with its result only.
            throw new CallRunningException(InterceptorMessage.NO_RESULT_YET.with(operation.name(), key), null);
        }
        return StoredValues.read(stored, new Type[] {operation.result()}).get(0);
    }
}
