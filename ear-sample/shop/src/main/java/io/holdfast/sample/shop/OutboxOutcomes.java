package io.holdfast.sample.shop;

import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** The order centre's ear: the order's end is recorded with the message, in a database that is not XA. */
@JMSDestinationDefinition(
        name = OutboxOutcomes.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "shopOutboxOutcomes")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = OutboxOutcomes.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
@SuppressWarnings("NullAway.Init")
public class OutboxOutcomes implements MessageListener {
    static final String QUEUE = "java:app/jms/shopOutboxOutcomes";

    @EJB
    private OrderDesk orders;

    @Override
    @Idempotent(
            strategy = Strategy.CONSUMED_MESSAGE,
            key = "jms:property:HoldfastMessageId",
            operation = "outcomes",
            dataSource = "java:comp/env/jdbc/shopOrdersLocal")
    public void onMessage(Message message) {
        orders.end(Mode.OUTBOX, message);
    }
}
