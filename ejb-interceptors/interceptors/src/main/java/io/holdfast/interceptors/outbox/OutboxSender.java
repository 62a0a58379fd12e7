package io.holdfast.interceptors.outbox;

import io.holdfast.api.MessageSender;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.messages.MessageBounds;
import io.holdfast.interceptors.messages.Sending;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Sends by a row of the {@link Outbox} in the business database, which an {@link OutboxRelay} takes to the broker after the commit. The
 * broker can be down meanwhile. Thread-safe.
 */
public final class OutboxSender implements MessageSender {
    private final Outbox outbox;
    private final DataSource database;
    private final Sending sending;

    /** With {@link MessageBounds#DEFAULT}. */
    public OutboxSender(Outbox outbox, DataSource database) {
        this(outbox, database, MessageBounds.DEFAULT);
    }

    /** @param database the business database; its connections must take part in JTA transactions, XA or not */
    public OutboxSender(Outbox outbox, DataSource database, MessageBounds bounds) {
        this(outbox, database, bounds, Directory.JNDI);
    }

    OutboxSender(Outbox outbox, DataSource database, MessageBounds bounds, Directory jndi) {
        this.outbox = outbox;
        this.database = database;
        this.sending = new Sending(jndi, bounds);
    }

    @Override
    public String send(OutgoingMessage message) {
        return sending.send(message, InterceptorMessage.OUTBOX_UNAVAILABLE, destination -> {
            try (Connection connection = database.getConnection()) {
                outbox.add(connection, message);
            }
        });
    }
}
