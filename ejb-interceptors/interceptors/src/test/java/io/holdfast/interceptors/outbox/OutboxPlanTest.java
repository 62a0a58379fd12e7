package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the relay asks costs the same however many messages wait: PostgreSQL reads an index and no table. */
class OutboxPlanTest {
    private static final long SOON = 4_000_000_000_000L;
    private static final int WAITING = 200_000;

    private static @Nullable DataSource database;

    @BeforeAll
    static void many_wait() throws SQLException {
        DataSource made = TestDatabase.POSTGRESQL.empty();
        database = made;
        new Outbox().create(made);
        try (Connection connection = made.getConnection()) {
            Statements.update(
                    connection,
                    "insert into holdfast_outbox (message_id, partition_no, destination, message_key, body, properties, attempts,"
                            + " due_at, created_at) select 'm' || n, n % 8, 'q', 'k' || (n / 1000), repeat('x', 200), '', 0, ?, 0"
                            + " from generate_series(1, ?) n",
                    SOON,
                    WAITING);
            Statements.update(connection, "analyze holdfast_outbox");
            Statements.update(connection, "analyze holdfast_outbox_partition");
        }
    }

    static Stream<String> queries() {
        return Stream.of(
                with(WaitingRows.BUSY, "100"),
                with(WaitingRows.DUE, "3", "100", "100"),
                with(WaitingRows.OLDEST, "'k7'", "101"),
                with(WaitingRows.BEHIND, "'k7'", "100"));
    }

    private static String with(String query, String... values) {
        String filled = query;
        for (String value : values) {
            filled = filled.replaceFirst("\\?", value);
        }
        return filled;
    }

    @ParameterizedTest
    @MethodSource("queries")
    void it_reads_an_index(String query) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = Objects.requireNonNull(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("explain " + query)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        assertThat(plan.toString())
                .contains("holdfast_outbox_")
                .doesNotContain("Seq Scan on holdfast_outbox ")
                .doesNotContain("Seq Scan on holdfast_outbox m");
    }
}
