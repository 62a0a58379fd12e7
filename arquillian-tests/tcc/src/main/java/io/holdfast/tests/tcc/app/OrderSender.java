package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;

/** Sends orders as messages. */
@Stateless
public class OrderSender {
    @Inject
    private JMSContext messages;

    @Resource(lookup = "java:app/jms/orders")
    private Queue orders;

    public void send(String key) {
        messages.createProducer().send(orders, key);
    }
}
