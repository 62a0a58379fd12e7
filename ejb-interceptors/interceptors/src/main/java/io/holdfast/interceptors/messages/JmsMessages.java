package io.holdfast.interceptors.messages;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.Directory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Map;

/** Internal: an {@link OutgoingMessage} as JMS carries it. */
public final class JmsMessages {
    private static final String GROUP = "JMSXGroupID";

    private JmsMessages() {}

    /** Sends to the destination that its name stands for, in whatever transaction the context is. */
    public static void send(Directory jndi, JMSContext context, OutgoingMessage message) throws JMSException {
        send(context, Sending.find(jndi, message.destination(), message.id()), message);
    }

    static void send(JMSContext context, Destination destination, OutgoingMessage message) throws JMSException {
        Message text = context.createTextMessage(message.body());
        text.setStringProperty(OutgoingMessage.ID_PROPERTY, message.id());
        if (!message.key().isEmpty()) {
            text.setStringProperty(OutgoingMessage.KEY_PROPERTY, message.key());
            text.setStringProperty(GROUP, message.key());
        }
        for (Map.Entry<String, String> property : message.properties().entrySet()) {
            text.setStringProperty(property.getKey(), property.getValue());
        }
        context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT).send(destination, text);
    }
}
