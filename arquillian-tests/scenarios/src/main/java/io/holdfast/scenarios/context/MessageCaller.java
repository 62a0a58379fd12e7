package io.holdfast.scenarios.context;

import io.holdfast.lra.LraMessages;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Books a room by a message and waits for the answer. In no transaction, with whose commit the message would go. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init")
public class MessageCaller {
    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    private ConnectionFactory broker;

    /** The LRA that the receiver was in. */
    public String book(Duration patience) throws JMSException, NamingException {
        try (JMSContext context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            TemporaryQueue answers = context.createTemporaryQueue();
            Message request = context.createMessage();
            request.setJMSReplyTo(answers);
            LraMessages.put(request);
            context.createProducer().send(rooms(), request);
            Message answer = context.createConsumer(answers).receive(patience.toMillis());
            if (answer == null) {
                throw new IllegalStateException("No answer within " + patience);
            }
            return answer.getBody(String.class);
        }
    }

    /** Not injected, since the other application, which defines it, may come later. */
    @SuppressWarnings("BanJNDI") // A name of its own.
    private static Queue rooms() throws NamingException {
        return InitialContext.doLookup(MessageRooms.QUEUE);
    }
}
