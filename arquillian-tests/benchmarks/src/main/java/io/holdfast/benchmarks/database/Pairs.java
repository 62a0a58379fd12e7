package io.holdfast.benchmarks.database;

import io.holdfast.benchmarks.database.Databases.Database;
import io.holdfast.interceptors.fence.Fence;
import io.holdfast.interceptors.fence.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Clients that freeze and deduct amounts of 1,000 accounts: a try and a confirm are a transaction each, which changes the account and
 * writes a line into its journal.
 */
public final class Pairs implements AutoCloseable {
    private static final int ACCOUNTS = 1_000;
    private static final String PARTICIPANT = "io.holdfast.benchmarks.AccountService#freeze";

    private final Fence fence = new Fence();
    private final Sessions sessions;

    private Pairs(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Makes the tables anew. */
    public static Pairs prepare(Database database, int clients) throws SQLException {
        Pairs pairs = new Pairs(new Sessions(database.source(), clients));
        pairs.fence.createTable(database.source());
        try (Connection connection = database.source().getConnection()) {
            Sessions.execute(connection, "drop table if exists account");
            Sessions.execute(connection, "drop table if exists journal");
            Sessions.execute(
                    connection,
                    "create table account (id int primary key, balance bigint not null, frozen bigint not null)");
            Sessions.execute(
                    connection,
                    "create table journal (id varchar(40) primary key, account int not null, amount bigint not null)");
            for (int account = 0; account < ACCOUNTS; account++) {
                Sessions.execute(connection, "insert into account values (?, 1000000000, 0)", account);
            }
        }
        return pairs;
    }

    /** Pairs of a try and its confirm in a second. */
    public double perSecond(boolean fenced, Duration during) throws InterruptedException {
        return sessions.perSecond(during, connection -> pair(connection, fenced));
    }

    @Override
    public void close() throws SQLException {
        sessions.close();
    }

    private void pair(Connection connection, boolean fenced) throws SQLException {
        String transaction = "http://127.0.0.1:8080/lra-coordinator/lra-coordinator/" + UUID.randomUUID();
        int account = ThreadLocalRandom.current().nextInt(ACCOUNTS);
        if (fenced) {
            require(fence.tryBegins(connection, transaction, PARTICIPANT));
        }
        Sessions.execute(
                connection, "update account set balance = balance - 5, frozen = frozen + 5 where id = ?", account);
        journal(connection, account, 0);
        connection.commit();
        if (fenced) {
            require(fence.confirmBegins(connection, transaction, PARTICIPANT));
        }
        Sessions.execute(connection, "update account set frozen = frozen - 5 where id = ?", account);
        journal(connection, account, 5);
        connection.commit();
    }

    private static void require(Verdict verdict) {
        if (verdict != Verdict.RUN) {
            throw new IllegalStateException("the fence says " + verdict);
        }
    }

    private static void journal(Connection connection, int account, int amount) throws SQLException {
        Sessions.execute(
                connection,
                "insert into journal values (?, ?, ?)",
                UUID.randomUUID().toString(),
                account,
                amount);
    }
}
