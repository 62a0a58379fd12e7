package io.holdfast.sample.shop;

import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** The order centre's ear: the order's end commits with the message's receipt. */
@JMSDestinationDefinition(
        name = XaOutcomes.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "shopXaOutcomes")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = XaOutcomes.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
@SuppressWarnings("NullAway.Init")
public class XaOutcomes implements MessageListener {
    static final String QUEUE = "java:app/jms/shopXaOutcomes";

    @EJB
    private OrderDesk orders;

    @Override
    @Idempotent(
            strategy = Strategy.CONSUMED_MESSAGE,
            key = "jms:property:HoldfastMessageId",
            operation = "outcomes",
            dataSource = "java:comp/env/jdbc/shopOrders")
    public void onMessage(Message message) {
        orders.end(Mode.XA, message);
    }
}
