package io.holdfast.benchmarks.tccfence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Accounts with a journal in two databases; each change is one row changed and one inserted. Thread-safe. */
@ApplicationScoped
public class Book {
    static final String POSTGRES = "java:/jdbc/postgres";
    static final String H2 = "java:/jdbc/h2";
    static final int ACCOUNTS = 1_000;

    private static final long AMOUNT = 5;

    /** The payments whose amount is frozen. */
    private final Set<Long> frozen = ConcurrentHashMap.newKeySet();

    @Resource(lookup = POSTGRES)
    private DataSource postgres;

    @Resource(lookup = H2)
    private DataSource h2;

    void create() throws SQLException {
        for (DataSource database : new DataSource[] {postgres, h2}) {
            try (Connection connection = database.getConnection()) {
                execute(connection, "drop table if exists account");
                execute(connection, "drop table if exists journal");
                execute(
                        connection,
                        "create table account (id int primary key, balance bigint not null, frozen bigint not null)");
                execute(
                        connection,
                        "create table journal (id varchar(40) primary key, account int not null, amount bigint not null)");
                for (int account = 0; account < ACCOUNTS; account++) {
                    execute(connection, "insert into account values (?, 1000000000, 0)", account);
                }
            }
        }
    }

    void freeze(String database, long payment, int account) {
        frozen.add(payment);
        change(
                database,
                "update account set balance = balance - ?, frozen = frozen + ? where id = ?",
                account,
                AMOUNT,
                AMOUNT,
                account);
    }

    void deduct(String database, long payment, int account) {
        change(database, "update account set frozen = frozen - ? where id = ?", account, AMOUNT, account);
        frozen.remove(payment);
    }

    int frozen() {
        return frozen.size();
    }

    private void change(String database, String update, int account, Object... values) {
        try (Connection connection = (database.equals(POSTGRES) ? postgres : h2).getConnection()) {
            execute(connection, update, values);
            execute(
                    connection,
                    "insert into journal values (?, ?, ?)",
                    UUID.randomUUID().toString(),
                    account,
                    AMOUNT);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            statement.execute();
        }
    }
}
