package io.holdfast.benchmarks;

import io.holdfast.benchmarks.transactions.Combination;
import io.holdfast.benchmarks.transactions.Course;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Goes through some combinations round by round in turn. Each has a JVM of its own, since a Narayana has one store for its JVM. */
final class TransactionCost {
    /** With which the adapter's transactions are measured. */
    static final List<Integer> THREADS = List.of(1, 8, 32);

    /** With which notifications are measured. */
    static final int NOTIFIERS = 8;

    /** Syncs of the adapter's log for each transaction. */
    static final String FORCES = "forces";

    /** What waits for the disk in a transaction with one participant: the join, the vote, the decision. */
    static final int FORCED_APPENDS = 3;

    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Report report;

    private TransactionCost(Settings settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    /**
     * What a JTA transaction costs with one XA database and our adapter, which has one local participant, beside one with two XA databases;
     * on PostgreSQL, which forces, and on H2, which does not. The transaction manager is Narayana in process. Beside them what the manager
     * alone costs, and what the disk can do.
     */
    static void ofAdapter(Settings settings, Report report) throws IOException, InterruptedException {
        new TransactionCost(settings, report)
                .run("adapter", THREADS, EnumSet.range(Combination.POSTGRES_AND_ADAPTER, Combination.DISK));
    }

    /** How fast notifications go out and arrive, alone and while 10,000 others have an endpoint that is dead. */
    static void ofNotifications(Settings settings, Report report) throws IOException, InterruptedException {
        new TransactionCost(settings, report)
                .run(
                        "notifications",
                        List.of(NOTIFIERS),
                        EnumSet.of(Combination.NOTIFICATIONS, Combination.NOTIFICATIONS_BESIDE_DEAD));
    }

    private void run(String name, List<Integer> threadCounts, Set<Combination> combinations)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectories(
                settings.directory().resolve(name).resolve(UUID.randomUUID().toString()));
        List<Child> children = new ArrayList<>();
        try (EmbeddedPostgres postgres = startPostgres(directory)) {
            for (Combination combination : combinations) {
                report.say("starting and warming up " + combination.system() + " of "
                        + combination.workload(Collections.max(threadCounts)));
                Child child = Child.start(settings, combination, directory, postgres);
                children.add(child);
                child.run(Collections.max(threadCounts), settings.warmUp());
            }
            for (int threads : threadCounts) {
                for (int round = 0; round < settings.rounds(); round++) {
                    Collections.rotate(children, 1);
                    for (Child child : children) {
                        child.run(threads, SETTLE);
                        report.add(child.combination.system(), child.run(threads, settings.round()));
                    }
                }
            }
        } finally {
            children.forEach(Child::close);
        }
    }

    private static EmbeddedPostgres startPostgres(Path directory) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_prepared_transactions", "200")
                .setServerConfig("max_connections", "300")
                .start();
        return postgres;
    }

    /** The JVM of one combination. */
    private record Child(Combination combination, MeasuredJvm jvm) implements AutoCloseable {
        static Child start(Settings settings, Combination combination, Path directory, EmbeddedPostgres postgres)
                throws IOException {
            Path own = Files.createDirectories(directory.resolve(combination.family() + "-" + combination.system()));
            List<String> command = List.of(
                    MeasuredJvm.java(),
                    "-Xms512m",
                    "-Xmx512m",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    Course.class.getName(),
                    combination.name(),
                    own.toString(),
                    postgres.getJdbcUrl("postgres", "postgres"),
                    settings.adapter().toString());
            return new Child(combination, MeasuredJvm.start(command, own));
        }

        List<Figure> run(int threads, Duration time) throws IOException {
            return Figure.all(combination.workload(threads), jvm.run(threads, time));
        }

        @Override
        public void close() {
            jvm.close();
        }
    }
}
