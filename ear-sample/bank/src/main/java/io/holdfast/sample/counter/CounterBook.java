package io.holdfast.sample.counter;

import io.holdfast.sample.common.Database;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The counter's tables in the bank's database, in the caller's transaction. Thread-safe. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class CounterBook {
    /** Where the participants' fence is. */
    static final String SOURCE = "java:comp/env/jdbc/bank";

    @Resource(name = "jdbc/bank")
    private DataSource source;

    private Database database;

    /** All of them, of one connection. */
    record Tables(AccountTable accounts, PaymentTable payments, AlarmTable alarms) {
        Tables(Connection connection) {
            this(new AccountTable(connection), new PaymentTable(connection), new AlarmTable(connection));
        }
    }

    /** A change that gives nothing back. */
    @FunctionalInterface
    interface Change {
        void on(Tables tables) throws SQLException;
    }

    /** A question. */
    @FunctionalInterface
    interface Query<R> {
        R of(Tables tables) throws SQLException;
    }

    @PostConstruct
    void open() {
        database = new Database(source);
    }

    void change(Change change) {
        ask(tables -> {
            change.on(tables);
            return tables;
        });
    }

    <R> R ask(Query<R> query) {
        return database.run(connection -> query.of(new Tables(connection)));
    }
}
