package io.holdfast.lra;

import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Carries an LRA over JMS, for senders and receivers that want it: nothing is put on a message by itself, since a message usually outlives
 * the LRA that it is sent in.
 *
 * <pre>{@code
 * LraMessages.put(message);                                            // the sender, in an LRA
 * LraMessages.callIn(message, () -> hotelClient.book(room));           // the receiver: the call carries the LRA
 * }</pre>
 *
 * <p>To take part the receiver joins: {@link LongRunningActions#join}, or calls a bean with {@code @LRA}. An LRA that is ending refuses that.
 *
 * <p>The system property {@code holdfast.propagation.jms} with {@code false} switches it off: then nothing is put on messages, and what is on
 * them is not looked at.
 */
public final class LraMessages {
    /** The string property with the LRA's id, at most 8,192 characters; the name is what JMS allows of {@code Long-Running-Action}. */
    public static final String PROPERTY = "Long_Running_Action";

    private LraMessages() {}

    /**
     * Puts this thread's LRA on the message; nothing when it is in none, or this is switched off.
     *
     * @return whether something was put
     */
    public static boolean put(Message message) throws JMSException {
        Optional<ActiveLra> active = Wire.JMS.isOn() ? ThreadContext.active() : Optional.empty();
        if (active.isPresent()) {
            message.setStringProperty(PROPERTY, active.get().id());
        }
        return active.isPresent();
    }

    /**
     * The LRA that was put on the message; empty without one, or when this is switched off.
     *
     * @throws IllegalArgumentException when what was put there is no id of an LRA
     */
    public static Optional<URI> lra(Message message) throws JMSException {
        String id = Wire.JMS.isOn() ? message.getStringProperty(PROPERTY) : null;
        if (id == null || id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LraId.parse(id).uri());
        } catch (InvalidLraIdException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Works in the LRA of the message, in none when it has none: outgoing calls of Jakarta REST carry it. The thread is in its own again
     * afterwards.
     *
     * @throws IllegalArgumentException as {@link #lra}; the work is not begun then
     */
    public static <T> T callIn(Message message, Callable<T> work) throws Exception {
        return ThreadContext.callIn(lra(message).map(id -> new ActiveLra(id.toString(), Optional.empty())), work);
    }
}
