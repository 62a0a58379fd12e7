package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.IdempotencyTables;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Creates the tables when the application starts, and removes the records of two weeks ago every night. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Preparation {
    private static final int BATCH = 500;

    private final IdempotencyTables tables = new IdempotencyTables();

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Resource
    private UserTransaction transaction;

    @PostConstruct
    void create() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            tables.create(database);
            statement.execute("create table if not exists effect (what varchar(200) not null)");
            statement.execute("create table if not exists parcel (id bigint primary key, state varchar(20) not null)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Schedule(hour = "3", persistent = false)
    void removeOld() throws Exception {
        int removed;
        do {
            transaction.begin();
            try (Connection connection = database.getConnection()) {
                removed = tables.removeOld(connection, Duration.ofDays(14), BATCH);
            } catch (SQLException e) {
                transaction.rollback();
                throw e;
            }
            transaction.commit();
        } while (removed >= BATCH);
    }
}
