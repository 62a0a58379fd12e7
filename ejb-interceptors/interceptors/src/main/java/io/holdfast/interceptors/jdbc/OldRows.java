package io.holdfast.interceptors.jdbc;

import io.holdfast.interceptors.InterceptorMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Removes old rows by their keys. The keys are read without a lock and the rows are deleted in the order of their keys, so that two
 * clean-ups do not wait for each other in a circle.
 *
 * @param query takes the time limit twice and the number of rows, and gives the two columns of the key
 * @param delete takes the two columns and the time limit
 */
public record OldRows(String query, String delete) {
    private static final Duration YOUNGEST = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private record Key(String first, String second) {}

    /** @return how many rows were removed */
    public int remove(Connection connection, Instant now, Duration age, int atMost) throws SQLException {
        if (age.compareTo(YOUNGEST) < 0) {
            throw new IllegalArgumentException(InterceptorMessage.CLEAN_UP_TOO_YOUNG.with(age, YOUNGEST));
        }
        if (atMost < 1 || atMost > MOST) {
            throw new IllegalArgumentException(InterceptorMessage.CLEAN_UP_SIZE.with(atMost, MOST));
        }
        long before = now.minus(age).toEpochMilli();
        int removed = 0;
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            for (Key key : keys(connection, before, atMost)) {
                Statements.bind(statement, key.first, key.second, before);
                removed += statement.executeUpdate();
            }
        }
        return removed;
    }

    private List<Key> keys(Connection connection, long before, int atMost) throws SQLException {
        List<Key> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            Statements.bind(statement, before, before, atMost);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(new Key(rows.getString(1), rows.getString(2)));
                }
            }
        }
        keys.sort(Comparator.comparing(Key::first).thenComparing(Key::second));
        return keys;
    }
}
