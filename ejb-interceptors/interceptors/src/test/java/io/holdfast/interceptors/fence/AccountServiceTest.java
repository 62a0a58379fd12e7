package io.holdfast.interceptors.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.sql.Connection;
import javax.sql.DataSource;

/** The example of docs/fence.md does what that page says. */
class AccountServiceTest {
    @ForEachDatabase
    void what_was_frozen_is_unfrozen_once_and_a_late_try_is_refused(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        new Fence().createTable(source);
        AccountService service = new AccountService();
        try (Connection connection = source.getConnection()) {
            Statements.update(connection, "create table account (id varchar(10), balance int, frozen int)");
            Statements.update(connection, "insert into account values ('alice', 100, 0)");
            connection.setAutoCommit(false);

            service.freeze(connection, "t1", "alice", 30);
            service.freeze(connection, "t1", "alice", 30);
            assertThat(account(connection)).isEqualTo("70/30");

            service.unfreeze(connection, "t1", "alice", 30);
            service.unfreeze(connection, "t1", "alice", 30);
            service.unfreeze(connection, "t2", "alice", 30);
            assertThatThrownBy(() -> service.freeze(connection, "t2", "alice", 30))
                    .hasMessage("t2 has been cancelled");
            assertThat(account(connection)).isEqualTo("100/0");
        }
    }

    private static String account(Connection connection) throws Exception {
        return Statements.text(connection, "select concat(balance, '/', frozen) from account")
                .orElseThrow();
    }
}
