package io.holdfast.interceptors.messages;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import java.sql.SQLException;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Internal: what all senders do around the sending itself. Thread-safe. */
public record Sending(Directory jndi, MessageBounds bounds) {
    /** One way to send what has been checked. */
    @FunctionalInterface
    public interface Way {
        void send(Destination destination) throws JMSException, SQLException;
    }

    /**
     * Checks transaction, message and destination, then sends. Whatever fails, the transaction can only roll back.
     *
     * @param failure the message for a failure of the way itself; takes id, destination and cause
     */
    public String send(OutgoingMessage message, InterceptorMessage failure, Way way) {
        JtaTransaction transaction = JtaTransaction.ofThisThread(jndi);
        if (!transaction.canCommit()) {
            throw InterceptorMessage.MESSAGE_WITHOUT_TRANSACTION.exception(
                    message.id(), message.destination(), transaction.status());
        }
        try {
            bounds.check(message);
            way.send(destination(message));
            return message.id();
        } catch (HoldfastException e) {
            throw rolledBack(transaction, e);
        } catch (JMSException | SQLException | RuntimeException e) {
            throw rolledBack(
                    transaction, new HoldfastException(failure.with(message.id(), message.destination(), e), e));
        }
    }

    private Destination destination(OutgoingMessage message) {
        return find(jndi, message.destination(), message.id());
    }

    /** @throws HoldfastException when it is not there or something else */
    static Destination find(Directory jndi, String name, String message) {
        @Nullable Exception cause = null;
        String found;
        try {
            Object object = jndi.find(name);
            if (object instanceof Destination destination) {
                return destination;
            }
            found = "it is a " + object.getClass().getName();
        } catch (NamingException e) {
            cause = e;
            found = e.toString();
        }
        throw new HoldfastException(InterceptorMessage.UNKNOWN_DESTINATION.with(name, message, found), cause);
    }

    private static HoldfastException rolledBack(JtaTransaction transaction, HoldfastException cause) {
        try {
            transaction.markForRollback();
        } catch (IllegalStateException endedMeanwhile) {
            cause.addSuppressed(endedMeanwhile);
        }
        return cause;
    }
}
