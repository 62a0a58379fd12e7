package io.holdfast.sample.store;

import io.holdfast.sample.common.Database;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The store's tables in the bank's database, in the caller's transaction. Thread-safe. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class StoreBook {
    /** Where the actions' fence is. */
    static final String SOURCE = "java:comp/env/jdbc/bank";

    @Resource(name = "jdbc/bank")
    private DataSource source;

    private Database database;

    /** A change that gives nothing back. */
    @FunctionalInterface
    interface Change {
        void on(StoreTables tables) throws SQLException;
    }

    /** A question. */
    @FunctionalInterface
    interface Query<R> {
        R of(StoreTables tables) throws SQLException;
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
        return database.run(connection -> query.of(new StoreTables(connection)));
    }
}
