package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.json.StoredValues;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * A row of {@code holdfast_outbox}. Immutable.
 *
 * @param message without properties when these cannot be read
 * @param unreadable why they cannot
 */
record WaitingMessage(
        long sequence, OutgoingMessage message, int attempts, long dueAt, Optional<RuntimeException> unreadable) {
    static final String COLUMNS = "seq, message_id, destination, message_key, body, properties, attempts, due_at";

    private static final Type[] PROPERTIES = {new TypeLiteral<Map<String, String>>() {}.getType()};

    static String write(Map<String, String> properties) {
        return properties.isEmpty() ? "" : StoredValues.write(PROPERTIES, new Object[] {properties});
    }

    /** @param row with {@link #COLUMNS} */
    static WaitingMessage read(ResultSet row) throws SQLException {
        long sequence = row.getLong(1);
        OutgoingMessage bare =
                new OutgoingMessage(row.getString(2), row.getString(3), row.getString(4), row.getString(5), Map.of());
        int attempts = row.getInt(7);
        long dueAt = row.getLong(8);
        String stored = row.getString(6);
        try {
            OutgoingMessage message =
                    new OutgoingMessage(bare.id(), bare.destination(), bare.key(), bare.body(), properties(stored));
            return new WaitingMessage(sequence, message, attempts, dueAt, Optional.empty());
        } catch (RuntimeException e) {
            RuntimeException why =
                    new IllegalStateException(InterceptorMessage.UNREADABLE_OUTBOX_ROW.with(sequence), e);
            return new WaitingMessage(sequence, bare, attempts, dueAt, Optional.of(why));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> properties(String stored) {
        if (stored.isEmpty()) {
            return Map.of();
        }
        if (StoredValues.read(stored, PROPERTIES).get(0) instanceof Map<?, ?> properties) {
            return (Map<String, String>) properties;
        }
        throw new IllegalStateException("The properties are null");
    }

    /** @throws RuntimeException when it cannot be read */
    OutgoingMessage readable() {
        if (unreadable.isPresent()) {
            throw unreadable.get();
        }
        return message;
    }

    /** Those of one queue go one after the other; one without a key waits for nobody. */
    String queue() {
        return isOrdered() ? "k" + message.key() : "s" + sequence;
    }

    boolean isOrdered() {
        return !message.key().isEmpty();
    }
}
