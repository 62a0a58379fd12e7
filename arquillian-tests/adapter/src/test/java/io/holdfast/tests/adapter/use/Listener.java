package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** In the transaction of a message. The broker sends one again that was rolled back; that is passed over. */
@JMSDestinationDefinition(
        name = Listener.ERRANDS,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "holdfastErrands")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = Listener.ERRANDS),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class Listener implements MessageListener {
    static final String ERRANDS = "java:app/jms/errands";

    @Resource
    private MessageDrivenContext context;

    @Inject
    private Entry entry;

    @Override
    public void onMessage(Message message) {
        try {
            if (message.getJMSRedelivered()) {
                return;
            }
            Errand errand = Errand.of(message.getBody(String.class));
            entry.write(errand);
            if (errand.wish() == Wish.ROLLBACK) {
                context.setRollbackOnly();
            }
        } catch (JMSException e) {
            throw new EJBException(e);
        }
    }
}
