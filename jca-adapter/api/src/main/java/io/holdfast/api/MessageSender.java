package io.holdfast.api;

/**
 * Sends messages that share the outcome of the caller's transaction: they go when it commits and never existed when it rolls back.
 *
 * <pre>{@code
 * String id = sender.send(OutgoingMessage.to("java:app/jms/debits", order.json()).inOrderOf(order.customer()));
 * }</pre>
 *
 * <p>There are two of them in {@code holdfast-interceptors}: {@code JmsSender}, whose send is a part of the JTA transaction at the broker,
 * and {@code OutboxSender}, for a database that is not XA, which keeps the message as a row of the business transaction until it is
 * relayed. In both modes a message can arrive more than once (a broker delivers again, a relay sends again after a crash), always with
 * the same id in the property {@value OutgoingMessage#ID_PROPERTY}; receivers are {@code @Idempotent}. Thread-safe.
 */
@FunctionalInterface
public interface MessageSender {
    /**
     * Sends it with the caller's transaction.
     *
     * @return {@link OutgoingMessage#id()}
     * @throws HoldfastException without an active JTA transaction; for a destination that is not there, a message that is longer than
     *     allowed, or names that JMS does not take; when the broker or the table cannot take it. The transaction can only roll back then, and
     *     nothing is sent
     */
    String send(OutgoingMessage message);
}
