package io.holdfast.sample.shop;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.util.Enumeration;

/** What the broker could not deliver, looked at and left where it is. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@SuppressWarnings("NullAway.Init")
public class DeadLetters {
    private static final int MOST = 1000;

    @Resource(name = "jms/deadLetters")
    private Queue queue;

    @EJB
    private Centres centres;

    /** How many there are; counts to 1,000. */
    public int count() {
        try (JMSContext context = centres.broker().createContext(JMSContext.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = context.createBrowser(queue)) {
            Enumeration<?> letters = browser.getEnumeration();
            int count = 0;
            while (letters.hasMoreElements() && count < MOST) {
                letters.nextElement();
                count++;
            }
            return count;
        } catch (JMSException e) {
            throw new EJBException(e);
        }
    }
}
