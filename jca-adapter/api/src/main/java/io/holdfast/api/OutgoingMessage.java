package io.holdfast.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A text message for a {@link MessageSender}. Immutable.
 *
 * @param id tells it from others, also for its receivers: the JMS property {@value #ID_PROPERTY}; 1 to 100 characters
 * @param destination where the queue or topic is in the application's JNDI, for instance {@code java:app/jms/debits}; at most 500 characters
 * @param key messages with the same key arrive in the order in which their transactions sent them, as far as one had committed before the
 *     other sent; at most 200 characters, empty for no order. It is also the JMS property {@value #KEY_PROPERTY} and the message group
 *     ({@code JMSXGroupID}), so that a broker that knows groups gives them to one consumer
 * @param body the text, usually JSON; the sender bounds its length
 * @param properties more string properties of the JMS message; 20 at most, names as JMS takes them
 */
public record OutgoingMessage(String id, String destination, String key, String body, Map<String, String> properties) {
    /** The JMS property with {@link #id()}; the key by which an {@code @Idempotent} receiver knows a repetition. */
    public static final String ID_PROPERTY = "HoldfastMessageId";

    /** The JMS property with {@link #key()}; absent without one. */
    public static final String KEY_PROPERTY = "HoldfastKey";

    public OutgoingMessage {
        properties = Map.copyOf(properties);
    }

    /** With an id of its own, without key and properties. */
    public static OutgoingMessage to(String destination, String body) {
        return new OutgoingMessage(UUID.randomUUID().toString(), destination, "", body, Map.of());
    }

    /** With another id, for one that the business gives: whoever sends it twice sends the same message. */
    public OutgoingMessage withId(String other) {
        return new OutgoingMessage(other, destination, key, body, properties);
    }

    /** With another {@link #key()}. */
    public OutgoingMessage inOrderOf(String other) {
        return new OutgoingMessage(id, destination, other, body, properties);
    }

    /** With one property more, or another value of it. */
    public OutgoingMessage with(String name, String value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(name, value);
        return new OutgoingMessage(id, destination, key, body, more);
    }
}
