package io.holdfast.tests.tcc.lra;

import io.holdfast.lra.bean.LraGoverned;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.net.URI;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** Bookings by messages, in the LRA that the message carries or in one of their own. */
@JMSDestinationDefinition(
        name = "java:app/jms/bookings",
        interfaceName = "jakarta.jms.Queue",
        destinationName = "holdfastBookings")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "java:app/jms/bookings"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
public class BookingListener implements MessageListener {
    @Inject
    private Journal journal;

    @Override
    @LRA
    @LraGoverned
    public void onMessage(Message message) {
        try {
            journal.book(message.getBody(String.class), "message");
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Complete
    public void complete(URI lra) {
        journal.write(lra.toString(), "message complete");
    }

    @Compensate
    public void compensate(URI lra) {
        journal.write(lra.toString(), "message compensate");
    }
}
