package io.holdfast.sample.shop;

import io.holdfast.api.NotificationSignature;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** Somebody who wants to know of orders and has a queue for it: takes each notification once, and none that is not signed. */
@JMSDestinationDefinition(name = News.QUEUE, interfaceName = "jakarta.jms.Queue", destinationName = "shopNews")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = News.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue")
        })
@SuppressWarnings("NullAway.Init")
public class News implements MessageListener {
    /** Of the whole server, since the resource adapter sends to it. */
    static final String QUEUE = "java:global/jms/shopNews";

    @EJB
    private Centres centres;

    @Override
    @Idempotent(
            strategy = Strategy.CONSUMED_MESSAGE,
            key = "jms:property:HoldfastMessageId",
            operation = "news",
            dataSource = "java:comp/env/jdbc/shopOrders")
    public void onMessage(Message message) {
        String body = signedBody(message);
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject order = reader.readObject();
            centres.orders(Mode.XA).database().run(connection -> {
                new NewsTable(connection).add(order.getString("id"), order.getString("state"));
                return order;
            });
        }
    }

    private static String signedBody(Message message) {
        try {
            String body = ((TextMessage) message).getText();
            NotificationSignature.check(
                    Notifications.SECRET,
                    message.getStringProperty(NotificationSignature.PROPERTY),
                    message.getStringProperty(OutgoingMessage.ID_PROPERTY),
                    body);
            return body;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
