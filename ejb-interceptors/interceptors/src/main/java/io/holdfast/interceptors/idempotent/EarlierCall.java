package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Keys;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.json.StoredValues;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The first call of an {@link Idempotent} method with a key, as its record tells of it. For those who have lost its answer and want to know
 * without calling again, which would run what has not run.
 *
 * <pre>{@code
 * EarlierCall.find(payments, "pay", EarlierCall.keyOf("shop-7", 4711))
 *         .flatMap(EarlierCall::result)
 *         .map(JsonValue::toString)
 * }</pre>
 *
 * <p>Found is a call whose transaction has committed, for as long as its record is kept ({@link IdempotencyTables#removeOld}). Not found is one
 * that was never made, one that was rolled back, and one that still runs: no other transaction sees its record before the commit. So
 * {@code empty} says that it is not done yet, not that it never will be. A message that was answered by {@code @OnFailureReply} is consumed, and
 * found. Calls by {@link Idempotent.Strategy#STATE_GUARD} have no record; their business row tells. Immutable.
 *
 * @param operation of the method: {@link Idempotent#operation()}, else the bean's class and the method as in {@code shop.Payments#pay}
 * @param key as the record has it, see {@link #keyOf}
 * @param result what it returned, as JSON, {@link JsonValue#NULL} for null; empty for void methods
 */
public record EarlierCall(String operation, String key, Optional<JsonValue> result) {
    /**
     * Looks the record up; runs nothing, changes nothing, locks nothing and waits for no other call. Needs no transaction; in one it sees what
     * the transaction sees, which on MySQL and MariaDB may be the state at its beginning.
     *
     * @param database with the tables of {@link IdempotencyTables}: that of {@link Idempotent#dataSource()}
     * @throws IllegalArgumentException when no call can have such an operation or key (HFINT050)
     * @throws IllegalStateException when the tables cannot be read (HFINT049)
     */
    public static Optional<EarlierCall> find(DataSource database, String operation, String key) {
        check("operation", operation, Operation.NAME_LENGTH);
        check("key", key, Key.LENGTH);
        try (Connection connection = database.getConnection()) {
            Optional<String> stored = Statements.text(connection, RecordedCall.LOOK, operation, key);
            if (stored.isEmpty()) {
                stored = Statements.text(connection, ConsumedMessage.LOOK, operation, key);
            }
            return stored.map(text -> new EarlierCall(operation, key, result(text)));
        } catch (SQLException e) {
            throw new IllegalStateException(InterceptorMessage.EARLIER_CALL_UNREADABLE.with(operation, key, e), e);
        }
    }

    /**
     * The key of a call, from the values of {@link Idempotent#key()} in their order.
     *
     * @param first of a type that keys may have, and so the others
     */
    public static String keyOf(Object first, Object... more) {
        List<Object> values = new ArrayList<>(List.of(first));
        values.addAll(List.of(more));
        return Key.joined(values);
    }

    private static void check(String what, String text, int longest) {
        if (!Keys.isSound(text, longest)) {
            throw new IllegalArgumentException(InterceptorMessage.UNUSABLE_QUERY.with(what, text, longest));
        }
    }

    private static Optional<JsonValue> result(String stored) {
        List<JsonValue> values = stored.isEmpty() ? List.of() : StoredValues.json(stored);
        return values.stream().findFirst();
    }
}
