package io.holdfast.scenarios.context;

import io.holdfast.lra.LongRunningActions;
import io.holdfast.lra.LraMessages;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.net.URI;
import java.util.Optional;

/** Lets {@link Rooms} take part in the LRA that a message brings, and answers with it. In the application that is called only. */
@JMSDestinationDefinition(
        name = MessageRooms.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "contextRooms")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = MessageRooms.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
@SuppressWarnings("NullAway.Init")
public class MessageRooms implements MessageListener {
    /** Of the whole server, since another application sends to it. */
    static final String QUEUE = "java:global/jms/contextRooms";

    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    private ConnectionFactory broker;

    @Inject
    private LongRunningActions lras;

    @Override
    public void onMessage(Message message) {
        try (JMSContext context = broker.createContext()) {
            String lra = LraMessages.callIn(message, this::book);
            context.createProducer().send(message.getJMSReplyTo(), lra);
        } catch (Exception e) {
            throw new EJBException(e);
        }
    }

    private String book() {
        Optional<URI> lra = lras.current();
        lra.ifPresent(id -> lras.join(id, Rooms.class));
        return lra.map(URI::toString).orElse(Rooms.NO_LRA);
    }
}
