package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Orders by messages. */
@JMSDestinationDefinition(
        name = "java:app/jms/orders",
        interfaceName = "jakarta.jms.Queue",
        destinationName = "holdfastOrders")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "java:app/jms/orders"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class OrderQueue implements MessageListener {
    @Inject
    private Shop shop;

    @Resource
    private jakarta.ejb.MessageDrivenContext context;

    @Override
    public void onMessage(Message message) {
        try {
            shop.order(Order.of(message.getBody(String.class), Order.Ending.COMMIT));
        } catch (JMSException e) {
            context.setRollbackOnly();
        }
    }
}
