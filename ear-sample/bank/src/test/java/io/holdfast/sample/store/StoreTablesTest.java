package io.holdfast.sample.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreTablesTest {
    private Connection connection;
    private StoreTables tables;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        tables = new StoreTables(connection);
        tables.create();
        tables.create();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void what_is_taken_is_missing_until_it_is_put_back() throws SQLException {
        tables.take("lamp", 3);
        assertThat(tables.stock()).containsEntry("lamp", 997).containsEntry("chair", 1000);
        tables.putBack("lamp", 3);
        assertThat(tables.stock()).containsEntry("lamp", 1000);
    }

    @Test
    void what_is_not_there_is_not_taken() {
        assertThatThrownBy(() -> tables.take("lamp", 1001))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("1001");
        assertThatThrownBy(() -> tables.take("piano", 1)).hasMessageContaining("'piano'");
    }

    @Test
    void steps_are_told_as_they_happened() throws SQLException {
        tables.done("1", "order", "ordered");
        tables.done("2", "order", "ordered too");
        tables.undone("1", "order", "withdrawn");

        assertThat(tables.steps("1"))
                .containsExactly(new Step("1", "order", false, "ordered"), new Step("1", "order", true, "withdrawn"));
        assertThat(tables.newest(2)).extracting(Step::text).containsExactly("ordered too", "withdrawn");
        assertThat(tables.isKnown("1")).isTrue();
        assertThat(tables.isKnown("3")).isFalse();
    }

    @Test
    void a_step_is_done_once() throws SQLException {
        tables.done("1", "order", "ordered");

        assertThatThrownBy(() -> tables.done("1", "order", "again"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("1 already");
    }
}
