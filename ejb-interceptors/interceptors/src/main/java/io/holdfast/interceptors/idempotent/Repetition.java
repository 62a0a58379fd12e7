package io.holdfast.interceptors.idempotent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a call is told from the first one with its key. Confined to the call. */
interface Repetition {
    /** The key as messages show it. */
    String key();

    /** Takes the place of the first call in the transaction of the connection, or tells that it is taken. */
    Admission admit(Connection connection) throws SQLException;

    /** Keeps the result of the first call. */
    void keep(Connection connection, @Nullable Object result) throws SQLException;

    /** The result for a repeated call. */
    @Nullable
    Object result(String stored);

    static Repetition of(Operation operation, List<Object> key) {
        return switch (operation.strategy()) {
            case UNIQUE_KEY -> RecordedCall.of(operation, operation.key().text(key));
            case CONSUMED_MESSAGE ->
                ConsumedMessage.of(operation, operation.key().text(key));
            case STATE_GUARD -> new GuardedState(operation, key.get(0));
        };
    }
}
