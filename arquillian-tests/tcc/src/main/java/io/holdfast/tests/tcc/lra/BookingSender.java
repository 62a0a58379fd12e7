package io.holdfast.tests.tcc.lra;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;

/** Sends bookings as messages. */
@Stateless
public class BookingSender {
    @Inject
    private JMSContext messages;

    @Resource(lookup = "java:app/jms/bookings")
    private Queue bookings;

    /** @param lra that the message carries; empty for none */
    public void send(String key, String lra) {
        JMSProducer producer = messages.createProducer();
        if (!lra.isEmpty()) {
            producer.setProperty("Long_Running_Action", lra);
        }
        producer.send(bookings, key);
    }
}
