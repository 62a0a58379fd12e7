package io.holdfast.interceptors.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.idempotent.IdempotencyTables;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

class OperationAnswerTest {
    @ForEachDatabase
    void a_call_that_was_made_is_confirmed_with_its_result(TestDatabase database) throws SQLException {
        DataSource source = open(database);
        insert(
                source,
                "insert into holdfast_idempotent (operation, call_key, result, created_at)"
                        + " values ('pay', '7', '{\"v\":1,\"values\":[{\"text\":\"receipt 1\"}]}', 1), ('void', '7', '', 1)");
        insert(source, "insert into holdfast_consumed (consumer, message_id, created_at) values ('debits', 'a:b', 1)");

        assertThat(answer(source, "pay", "7"))
                .isEqualTo(new OperationAnswer(
                        200,
                        "{\"operation\":\"pay\",\"key\":\"7\",\"progress\":\"CONFIRMED\",\"end\":true,\"result\":{\"text\":\"receipt 1\"}}",
                        true));
        assertThat(answer(source, "void", "7"))
                .isEqualTo(new OperationAnswer(
                        200, "{\"operation\":\"void\",\"key\":\"7\",\"progress\":\"CONFIRMED\",\"end\":true}", true));
        assertThat(answer(source, "debits", "a:b").status()).isEqualTo(200);
    }

    @ForEachDatabase
    void a_call_without_a_record_is_unknown_and_that_is_no_end(TestDatabase database) throws SQLException {
        assertThat(answer(open(database), "pay", "7"))
                .isEqualTo(new OperationAnswer(
                        404, "{\"operation\":\"pay\",\"key\":\"7\",\"progress\":\"UNKNOWN\",\"end\":false}", false));
    }

    @ForEachDatabase
    void what_may_not_be_asked_for_is_refused(TestDatabase database) throws SQLException {
        DataSource source = database.empty();

        assertThat(answer(source, "secret", "7"))
                .isEqualTo(
                        new OperationAnswer(404, "{\"error\":\"no operation 'secret' can be asked for here\"}", true));
        assertThat(answer(source, "pay", "k".repeat(513)).status()).isEqualTo(400);
        assertThat(answer(source, "pay", "k".repeat(513)).body()).contains("HFINT050", "512");
        assertThat(answer(source, null, "7").status()).isEqualTo(400);
        assertThat(answer(source, "pay", null).body()).contains("{operation}/{key}");
        assertThatThrownBy(() -> answer(source, "pay", "7"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("HFINT049 ");
    }

    private static OperationAnswer answer(DataSource source, @Nullable String operation, @Nullable String key) {
        return OperationAnswer.to(
                name -> name.equals("secret") ? Optional.empty() : Optional.of(source), operation, key);
    }

    private static DataSource open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        new IdempotencyTables().create(source);
        return source;
    }

    private static void insert(DataSource source, String row) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Statements.update(connection, row);
        }
    }
}
