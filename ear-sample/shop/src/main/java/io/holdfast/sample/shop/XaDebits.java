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

/** The account centre's ear: debit and answer commit in one XA transaction. */
@JMSDestinationDefinition(name = XaDebits.QUEUE, interfaceName = "jakarta.jms.Queue", destinationName = "shopXaDebits")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = XaDebits.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
@SuppressWarnings("NullAway.Init")
public class XaDebits implements MessageListener {
    static final String QUEUE = "java:app/jms/shopXaDebits";

    @EJB
    private AccountDesk accounts;

    @Override
    @OnFailureReply(destination = XaOutcomes.QUEUE, on = NotDebitedException.class)
    @Idempotent(
            strategy = Strategy.CONSUMED_MESSAGE,
            key = "jms:property:HoldfastMessageId",
            operation = "debits",
            dataSource = "java:comp/env/jdbc/shopAccounts")
    public void onMessage(Message message) {
        accounts.debit(Mode.XA, message);
    }
}
