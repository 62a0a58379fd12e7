package io.holdfast.benchmarks.fence;

import io.holdfast.benchmarks.fence.Databases.Database;
import io.holdfast.interceptors.fence.Fence;
import io.holdfast.interceptors.fence.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Clients that freeze and deduct amounts of 1,000 accounts, each on a connection of its own: a try and a confirm are a transaction each,
 * which changes the account and writes a line into its journal.
 */
final class Pairs implements AutoCloseable {
    private static final int ACCOUNTS = 1_000;
    private static final String PARTICIPANT = "io.holdfast.benchmarks.AccountService#freeze";

    private final Fence fence = new Fence();
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService executor;

    private Pairs(int clients) {
        executor = Executors.newFixedThreadPool(clients);
    }

    static Pairs prepare(Database database, int clients) throws SQLException {
        Pairs pairs = new Pairs(clients);
        pairs.fence.createTable(database.source());
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists account");
            statement.execute("drop table if exists journal");
            statement.execute(
                    "create table account (id int primary key, balance bigint not null, frozen bigint not null)");
            statement.execute(
                    "create table journal (id varchar(40) primary key, account int not null, amount bigint not null)");
            for (int account = 0; account < ACCOUNTS; account++) {
                statement.execute("insert into account values (" + account + ", 1000000000, 0)");
            }
        }
        for (int client = 0; client < clients; client++) {
            Connection connection = database.source().getConnection();
            connection.setAutoCommit(false);
            pairs.connections.add(connection);
        }
        return pairs;
    }

    double perSecond(boolean fenced, Duration during) throws Exception {
        long begin = System.nanoTime();
        long end = begin + during.toNanos();
        List<Callable<Long>> clients = new ArrayList<>();
        for (Connection connection : connections) {
            clients.add(() -> {
                long pairs = 0;
                while (System.nanoTime() < end) {
                    pair(connection, fenced);
                    pairs++;
                }
                return pairs;
            });
        }
        long pairs = 0;
        for (Future<Long> client : executor.invokeAll(clients)) {
            pairs += client.get();
        }
        return pairs * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() throws SQLException {
        executor.shutdown();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void pair(Connection connection, boolean fenced) throws SQLException {
        String transaction = "http://127.0.0.1:8080/lra-coordinator/lra-coordinator/" + UUID.randomUUID();
        int account = ThreadLocalRandom.current().nextInt(ACCOUNTS);
        if (fenced) {
            require(fence.tryBegins(connection, transaction, PARTICIPANT));
        }
        change(connection, "update account set balance = balance - 5, frozen = frozen + 5 where id = ?", account);
        journal(connection, account, 0);
        connection.commit();
        if (fenced) {
            require(fence.confirmBegins(connection, transaction, PARTICIPANT));
        }
        change(connection, "update account set frozen = frozen - 5 where id = ?", account);
        journal(connection, account, 5);
        connection.commit();
    }

    private static void require(Verdict verdict) {
        if (verdict != Verdict.RUN) {
            throw new IllegalStateException("the fence says " + verdict);
        }
    }

    private static void change(Connection connection, String sql, int account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, account);
            statement.executeUpdate();
        }
    }

    private static void journal(Connection connection, int account, int amount) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into journal values (?, ?, ?)")) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.setInt(2, account);
            statement.setInt(3, amount);
            statement.executeUpdate();
        }
    }
}
