package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table {@code holdfast_outbox} of messages that wait for their relay, in the business database. A row lives from the business
 * transaction until the broker has taken the message, so that the table holds what waits and nothing else. Thread-safe, and not bound to
 * one database.
 */
public final class Outbox {
    private static final String[] PROBES = {
        "select 1 from holdfast_outbox where 1 = 0", "select 1 from holdfast_outbox_partition where 1 = 0"
    };
    private static final String INSERT = "insert into holdfast_outbox"
            + " (message_id, partition_no, destination, message_key, body, properties, attempts, due_at, created_at)"
            + " values (?, ?, ?, ?, ?, ?, 0, 0, ?)";

    private final InstantSource clock;

    public Outbox() {
        this(InstantSource.system());
    }

    /** @param clock gives the time that a row was made at */
    public Outbox(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates the tables unless they are there, outside any transaction; several nodes may do so at once. Their definitions are
     * shipped as {@code io/holdfast/interceptors/jdbc/outbox-{h2,postgresql,mysql}.sql} for those who create tables themselves.
     */
    public void create(DataSource database) throws SQLException {
        Tables.create(database, "outbox", PROBES);
    }

    /**
     * Adds the message in the caller's transaction, for those who have a connection and no JTA; nothing of the message is checked. Others
     * use {@link OutboxSender}.
     *
     * @throws IllegalStateException when the connection is in auto-commit mode
     */
    public void add(Connection connection, OutgoingMessage message) throws SQLException {
        Statements.requireTransaction(connection);
        Statements.update(
                connection,
                INSERT,
                message.id(),
                Partition.of(message),
                message.destination(),
                message.key(),
                message.body(),
                WaitingMessage.write(message.properties()),
                clock.millis());
    }

    /** How many wait, those of open transactions not among them. Counts rows: not for each second. */
    public long waiting(Connection connection) throws SQLException {
        return Long.parseLong(Statements.text(connection, "select count(*) from holdfast_outbox")
                .orElseThrow());
    }

    /**
     * Takes a message out that will never be relayed, in the caller's transaction; those that wait behind it follow at the relay's next
     * turns. A person decides that: the message is gone.
     *
     * @return whether it was there
     */
    public boolean discard(Connection connection, String messageId) throws SQLException {
        Statements.requireTransaction(connection);
        Optional<String> key =
                Statements.text(connection, "select message_key from holdfast_outbox where message_id = ?", messageId);
        if (key.isEmpty()) {
            return false;
        }
        int removed = Statements.update(connection, "delete from holdfast_outbox where message_id = ?", messageId);
        if (!key.get().isEmpty()) {
            Statements.update(
                    connection,
                    "update holdfast_outbox set due_at = 1 where message_key = ? and due_at > 1",
                    key.get());
        }
        return removed > 0;
    }
}
