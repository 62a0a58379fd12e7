package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** A message-driven bean that gets every order twice: the sender repeats what it has no answer to. */
@JMSDestinationDefinition(
        name = OrderListener.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "idempotentOrders")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = OrderListener.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class OrderListener implements MessageListener {
    public static final String QUEUE = "java:app/jms/idempotentOrders";

    @EJB
    private Effects effects;

    @Override
    @Idempotent(key = "jms:property:orderId", strategy = Strategy.CONSUMED_MESSAGE, operation = "orders")
    public void onMessage(Message message) {
        try {
            effects.add("order " + message.getStringProperty("orderId"));
            if (message.getBooleanProperty("failsFirst") && !message.getJMSRedelivered()) {
                throw new IllegalStateException("the first delivery breaks on request");
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
