package io.holdfast.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Clients of a database, each with a connection and a thread of its own, which they keep. Confined to one thread. */
final class Sessions implements AutoCloseable {
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService executor;

    /** A transaction, or several, which it commits itself. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    Sessions(DataSource source, int clients) throws SQLException {
        executor = Executors.newFixedThreadPool(clients);
        for (int client = 0; client < clients; client++) {
            Connection connection = source.getConnection();
            connection.setAutoCommit(false);
            connections.add(connection);
        }
    }

    /** How often all of them together did it in a second. */
    double perSecond(Duration during, Work work) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + during.toNanos();
        List<Callable<Long>> clients = new ArrayList<>();
        for (Connection connection : connections) {
            clients.add(() -> {
                long done = 0;
                while (System.nanoTime() < end) {
                    work.on(connection);
                    done++;
                }
                return done;
            });
        }
        try {
            long done = 0;
            for (Future<Long> client : executor.invokeAll(clients)) {
                done += client.get();
            }
            return done * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        }
    }

    static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        executor.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
