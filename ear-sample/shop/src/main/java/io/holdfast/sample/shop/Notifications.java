package io.holdfast.sample.shop;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.Notification;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Tells who wants to know of an order's states, once they have committed. Thread-safe. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.MANDATORY)
@SuppressWarnings("NullAway.Init")
public class Notifications {
    /** Shared with the receivers; a real shop has one for each, and not in its code. */
    static final byte[] SECRET = "the sample's secret, known to all".getBytes(StandardCharsets.UTF_8);

    /** Of somebody who would like to be taken for the shop. */
    static final byte[] FORGER = "guessed, and wrong".getBytes(StandardCharsets.UTF_8);

    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    /** @return by which its progress can be asked for; empty when nobody wants to be told */
    public String tell(Mode mode, ShopOrder order) {
        return tell(mode, order, SECRET);
    }

    /** The same, signed with any secret. */
    public String tell(Mode mode, ShopOrder order, byte[] secret) {
        if (order.tell().isEmpty()) {
            return "";
        }
        try (HoldfastConnection connection = holdfast.getConnection()) {
            Notification notification = Notification.to(
                            address(order.tell()), order.json(mode).build().toString())
                    .withId(order.id() + "-" + order.state())
                    .signedWith(secret);
            return connection.enlist(notification).text();
        }
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.INVALID, "tell '" + text + "' is no address", e);
        }
    }
}
