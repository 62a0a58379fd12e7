package io.holdfast.benchmarks.transactions;

import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.benchmarks.load.Orders;
import io.holdfast.benchmarks.load.Round;
import io.holdfast.benchmarks.load.Work;
import io.holdfast.benchmarks.load.Workers;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A JVM with one combination. Each line of its input, threads and milliseconds, makes it work as long with as many threads; it answers
 * with a line of {@code metric=unit=value}, separated by blanks. It ends with its input.
 */
public final class Course {
    private static final int NAMES = 4;

    private final Combination combination;
    private final Path directory;
    private final String postgres;
    private final Workers workers;

    private Course(Combination combination, Path directory, String postgres, Path archive) throws Exception {
        this.combination = combination;
        this.directory = directory;
        this.postgres = postgres;
        this.workers = new Workers(Executors.defaultThreadFactory(), factory(archive));
    }

    /** @param arguments the combination, a directory of its own, the URL of a PostgreSQL, and holdfast.rar */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != NAMES) {
            throw new IllegalArgumentException("wanted: combination, directory, PostgreSQL's URL, holdfast.rar");
        }
        Orders.serve(() -> new Course(
                Combination.valueOf(arguments[0]), Path.of(arguments[1]), arguments[2], Path.of(arguments[3]))::run);
        System.exit(0);
    }

    private String run(int threads, Duration time) throws InterruptedException {
        Forces forces = new Forces();
        Round round = workers.run(threads, time);
        double count = round.latencies().size();
        return round.figures() + " " + Round.figure("forces", "1/tx", forces.untilNow() / count);
    }

    private Callable<Work> factory(Path archive) throws Exception {
        if (combination == Combination.DISK) {
            ForcedFile file = new ForcedFile(directory.resolve("appended"));
            return () -> file::append;
        }
        TransactionManager manager = Narayana.start(combination, directory);
        return switch (combination) {
            case POSTGRES_AND_ADAPTER, H2_AND_ADAPTER -> {
                XADataSource database = database("one");
                HoldfastConnectionFactory adapter = Adapter.start(archive, directory, manager);
                yield () -> new Transactions(
                        manager, List.of(Transactions.row(manager, database), Transactions.localParticipant(adapter)));
            }
            case TWO_POSTGRES, TWO_H2 -> {
                XADataSource one = database("one");
                XADataSource two = database("two");
                yield () -> new Transactions(
                        manager, List.of(Transactions.row(manager, one), Transactions.row(manager, two)));
            }
            case DUMMIES, DUMMIES_WITH_JOURNAL, DUMMIES_WITH_SLOTS ->
                () -> new Transactions(manager, List.of(Transactions.dummy(manager), Transactions.dummy(manager)));
            case NOTIFICATIONS -> {
                Notifying notifying = new Notifying(manager, Adapter.start(archive, directory, manager));
                yield () -> notifying;
            }
            case NOTIFICATIONS_BESIDE_DEAD -> {
                Notifying notifying = new Notifying(manager, Adapter.start(archive, directory, manager));
                notifying.tellTheDead();
                yield () -> notifying;
            }
            case DISK -> throw new IllegalStateException("it has no transactions");
        };
    }

    /** A database of this combination's own, with the table. */
    private XADataSource database(String name) throws SQLException {
        XADataSource database = combination.family().endsWith("h2") ? h2(name) : postgres(name);
        Transactions.createTable(database);
        return database;
    }

    private XADataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + directory.resolve(name) + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000");
        return source;
    }

    private XADataSource postgres(String name) throws SQLException {
        String own = "bench_" + combination.name().toLowerCase(Locale.ROOT) + "_" + name;
        try (Connection connection = DriverManager.getConnection(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + own);
        }
        PGXADataSource source = new PGXADataSource();
        source.setUrl(postgres.replace("/postgres?", "/" + own + "?"));
        return source;
    }
}
