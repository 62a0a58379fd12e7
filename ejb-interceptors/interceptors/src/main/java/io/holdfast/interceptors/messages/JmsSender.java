package io.holdfast.interceptors.messages;

import io.holdfast.api.MessageSender;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;

/**
 * Sends through the broker within the JTA transaction: the broker is a participant of the server's two-phase commit, beside the XA
 * databases of the business. Messages are persistent. Thread-safe.
 *
 * <p>Not with a database that is not XA, which servers commit before it is decided whether the broker does: a crash in that moment leaves the
 * business without its message. An {@code OutboxSender} is for these.
 */
public final class JmsSender implements MessageSender {
    private final ConnectionFactory factory;
    private final Sending sending;

    /** With {@link MessageBounds#DEFAULT}. */
    public JmsSender(ConnectionFactory factory) {
        this(factory, MessageBounds.DEFAULT);
    }

    /**
     * @param factory one whose sessions take part in JTA transactions: {@code java:comp/DefaultJMSConnectionFactory}, or another of the
     *     server's resource adapter for JMS
     */
    public JmsSender(ConnectionFactory factory, MessageBounds bounds) {
        this(factory, bounds, Directory.JNDI);
    }

    JmsSender(ConnectionFactory factory, MessageBounds bounds, Directory jndi) {
        this.factory = factory;
        this.sending = new Sending(jndi, bounds);
    }

    @Override
    public String send(OutgoingMessage message) {
        return sending.send(message, InterceptorMessage.SEND_FAILED, destination -> {
            try (JMSContext context = factory.createContext()) {
                JmsMessages.send(context, destination, message);
            }
        });
    }
}
