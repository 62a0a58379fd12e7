package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.json.StoredValues;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** A row of {@code holdfast_outbox}. Immutable. */
record WaitingMessage(long sequence, OutgoingMessage message, int attempts, long dueAt) {
    static final String COLUMNS = "seq, message_id, destination, message_key, body, properties, attempts, due_at";

    private static final Type[] PROPERTIES = {new TypeLiteral<Map<String, String>>() {}.getType()};

    static String write(Map<String, String> properties) {
        return properties.isEmpty() ? "" : StoredValues.write(PROPERTIES, new Object[] {properties});
    }

    /** @param row with {@link #COLUMNS} */
    static WaitingMessage read(ResultSet row) throws SQLException {
        long sequence = row.getLong(1);
        OutgoingMessage message = new OutgoingMessage(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                properties(sequence, row.getString(6)));
        return new WaitingMessage(sequence, message, row.getInt(7), row.getLong(8));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> properties(long sequence, String stored) {
        if (stored.isEmpty()) {
            return Map.of();
        }
        if (StoredValues.read(stored, PROPERTIES).get(0) instanceof Map<?, ?> properties) {
            return (Map<String, String>) properties;
        }
        throw new IllegalStateException(InterceptorMessage.UNREADABLE_OUTBOX_ROW.with(sequence));
    }

    /** Those of one queue go one after the other; one without a key waits for nobody. */
    String queue() {
        return isOrdered() ? "k" + message.key() : "s" + sequence;
    }

    boolean isOrdered() {
        return !message.key().isEmpty();
    }
}
