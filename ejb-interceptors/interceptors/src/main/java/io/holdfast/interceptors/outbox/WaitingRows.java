package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.jdbc.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The outbox as its relay sees it, in the transaction of one connection; confined to it. {@code due_at} says when a row is looked at: {@value
 * #FRESH} from its insertion on; {@value #FOLLOWING} when it had waited behind another one; else the time of the next attempt, or, of one that
 * waits behind another, when it is looked at though nobody has called it.
 */
record WaitingRows(Connection connection) {
    static final long FRESH = 0;
    static final long FOLLOWING = 1;

    private static final String LOCK =
            "select partition_no from holdfast_outbox_partition where partition_no = ? for update skip locked";
    static final String BUSY = "select p.partition_no from holdfast_outbox_partition p where exists"
            + " (select 1 from holdfast_outbox m where m.partition_no = p.partition_no and m.due_at <= ?)";
    static final String DUE = "select " + WaitingMessage.COLUMNS + " from holdfast_outbox"
            + " where partition_no = ? and due_at <= ? order by due_at, seq limit ?";
    static final String OLDEST = "select seq, due_at from holdfast_outbox where message_key = ? order by seq limit ?";
    private static final String DELETE = "delete from holdfast_outbox where seq = ?";
    private static final String POSTPONE = "update holdfast_outbox set due_at = ?, attempts = ? where seq = ?";
    static final String BEHIND =
            "select seq from holdfast_outbox where message_key = ? and due_at > " + FOLLOWING + " order by seq limit ?";

    /** The partitions with a row that is due. Locks nothing. */
    List<Integer> busyPartitions(long now) throws SQLException {
        return numbers(BUSY, now).stream().map(Long::intValue).toList();
    }

    /**
     * Keeps others out of the partition until the transaction ends; false when another one is in.
     *
     * @throws IllegalStateException when the connection is in no transaction, so that nobody would be kept out
     */
    boolean lock(int partition) throws SQLException {
        Statements.requireTransaction(connection);
        return !numbers(LOCK, partition).isEmpty();
    }

    /** Those that are due, in the order in which they were sent; every fresh one that is left out was sent later than those. */
    List<WaitingMessage> due(int partition, long now, int atMost) throws SQLException {
        List<WaitingMessage> due = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Statements.bind(statement, partition, now, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(WaitingMessage.read(rows));
                }
            }
        }
        due.sort(Comparator.comparingLong(WaitingMessage::sequence));
        return due;
    }

    /** Where a row stands, whether it is due or not. */
    record Place(long sequence, long dueAt) {}

    /** The oldest of a key. */
    List<Place> oldest(String key, int atMost) throws SQLException {
        List<Place> oldest = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            Statements.bind(statement, key, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    oldest.add(new Place(rows.getLong(1), rows.getLong(2)));
                }
            }
        }
        return oldest;
    }

    void delete(List<WaitingMessage> relayed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            for (WaitingMessage one : relayed) {
                Statements.bind(statement, one.sequence());
                statement.addBatch();
            }
            if (!relayed.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    void postpone(WaitingMessage message, int attempts, long until) throws SQLException {
        Statements.update(connection, POSTPONE, until, attempts, message.sequence());
    }

    /** Lets those that wait behind a relayed one of their key follow, the oldest first. */
    void letFollow(String key, int atMost) throws SQLException {
        List<Long> behind = numbers(BEHIND, key, atMost);
        for (Long sequence : behind) {
            Statements.update(
                    connection, "update holdfast_outbox set due_at = " + FOLLOWING + " where seq = ?", sequence);
        }
    }

    private List<Long> numbers(String query, Object... values) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            Statements.bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return Collections.unmodifiableList(numbers);
    }
}
