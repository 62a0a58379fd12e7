package io.holdfast.sample.shop;

import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import io.holdfast.interceptors.messages.OnFailureReply;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** The account centre's ear: debit and answer are rows of one database that is not XA. */
@JMSDestinationDefinition(
        name = OutboxDebits.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "shopOutboxDebits")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = OutboxDebits.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
@SuppressWarnings("NullAway.Init")
public class OutboxDebits implements MessageListener {
    static final String QUEUE = "java:app/jms/shopOutboxDebits";

    @EJB
    private AccountDesk accounts;

    @Override
    @OnFailureReply(destination = OutboxOutcomes.QUEUE, on = NotDebitedException.class, via = OnFailureReply.Via.OUTBOX)
    @Idempotent(
            strategy = Strategy.CONSUMED_MESSAGE,
            key = "jms:property:HoldfastMessageId",
            operation = "debits",
            dataSource = "java:comp/env/jdbc/shopAccountsLocal")
    public void onMessage(Message message) {
        accounts.debit(Mode.OUTBOX, message);
    }
}
