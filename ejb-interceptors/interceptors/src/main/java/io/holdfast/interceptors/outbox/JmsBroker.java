package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.messages.JmsMessages;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

/** The server's broker. */
record JmsBroker(ConnectionFactory factory, Directory jndi) implements Broker {
    @Override
    public Session open() {
        JMSContext context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        return new Session() {
            @Override
            public void send(OutgoingMessage message) throws JMSException {
                JmsMessages.send(jndi, context, message);
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }
}
