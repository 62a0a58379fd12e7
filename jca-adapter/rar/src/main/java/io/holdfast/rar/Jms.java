package io.holdfast.rar;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.Map;
import javax.naming.NamingException;

/** The only class that needs the JMS API, which not every server has. */
final class Jms {
    private Jms() {}

    static void checkDestination(Jndi jndi, String name) throws NamingException {
        find(jndi, name, Destination.class);
    }

    /** Returns when the broker has the message, so that it outlives both servers. */
    static void send(Jndi jndi, String factory, String destination, String body, Map<String, String> properties)
            throws NamingException, JMSException {
        Destination to = find(jndi, destination, Destination.class);
        try (JMSContext context =
                find(jndi, factory, ConnectionFactory.class).createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            TextMessage message = context.createTextMessage(body);
            for (Map.Entry<String, String> property : properties.entrySet()) {
                message.setStringProperty(property.getKey(), property.getValue());
            }
            context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT).send(to, message);
        }
    }

    private static <T> T find(Jndi jndi, String name, Class<T> type) throws NamingException {
        Object found = jndi.find(name);
        if (!type.isInstance(found)) {
            throw new NamingException(name + " is no " + type.getSimpleName() + " but of " + found.getClass());
        }
        return type.cast(found);
    }
}
