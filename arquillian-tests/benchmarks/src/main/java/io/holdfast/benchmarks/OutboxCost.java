package io.holdfast.benchmarks;

import io.holdfast.benchmarks.database.Broker;
import io.holdfast.benchmarks.database.Databases;
import io.holdfast.benchmarks.database.Orders;
import io.holdfast.benchmarks.database.Relaying;
import io.holdfast.benchmarks.transactions.Combination;
import io.holdfast.benchmarks.transactions.Narayana;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What the outbox costs a business transaction on PostgreSQL, beside a bare insert; whether the relay keeps up with two producers that do
 * nothing else, with Artemis in process; and what a million waiting rows cost it.
 */
record OutboxCost(Settings settings, Report report) {
    static final List<Integer> CLIENTS = List.of(1, 8);
    static final String OUTBOX = "outbox";
    static final String BARE = "bare-insert";
    static final String RELAY = "relay";
    /** The relay's batches are JTA transactions, and the database is not XA: the case that the outbox is for. */
    static final String JTA = "jta";
    /** The same with a database that is XA. */
    static final String XA = "xa";
    /** The relay waits for the broker's disk for each message. */
    static final String EACH = "each";

    static final String WAITING = "relay-waiting";
    static final String NONE = "none";
    static final String MILLION = "million";
    static final String POLL = "poll";
    static final String RATIO = "ratio";

    private static final int PRODUCERS = 2;
    private static final int ROWS = 1_000_000;

    static String workload(int clients) {
        return "outbox-" + clients;
    }

    void run() throws Exception {
        Path directory = Files.createDirectories(
                settings.directory().resolve(OUTBOX).resolve(UUID.randomUUID().toString()));
        try (Databases databases = Databases.start(directory)) {
            for (int clients : CLIENTS) {
                beside(databases.postgresql().source(), clients);
            }
            try (Broker broker = Broker.start(directory.resolve("broker"))) {
                TransactionManager manager =
                        Narayana.start(Combination.POSTGRES_AND_ADAPTER, directory.resolve("narayana"));
                keepUp(EACH, databases.pool(EACH), database -> Relaying.start(database, broker));
                keepUp(JTA, databases.pool(JTA), database -> Relaying.inJta(database, broker, manager));
                keepUp(XA, databases.pool(XA), database -> Relaying.inXa(database, databases, XA, broker, manager));
                waiting(databases, broker);
            }
        }
    }

    private void beside(DataSource database, int clients) throws InterruptedException, SQLException, IOException {
        try (Orders orders = Orders.prepare(database, clients)) {
            new InTurn(settings, report)
                    .run(
                            workload(clients),
                            "tx/s",
                            new InTurn.Contestant(BARE, orders::withBareTable),
                            new InTurn.Contestant(OUTBOX, orders::withOutbox));
        }
    }

    private void keepUp(String system, DataSource database, Function<DataSource, Relaying> start)
            throws InterruptedException, SQLException {
        try (Orders orders = Orders.prepare(database, PRODUCERS);
                Relaying relay = start.apply(database)) {
            orders.withOutbox(settings.round());
            for (int round = 0; round < settings.rounds(); round++) {
                long before = relay.relayed();
                long begin = System.nanoTime();
                double sent = orders.withOutbox(settings.round());
                double relayed = (relay.relayed() - before) * 1e9 / (System.nanoTime() - begin);
                report.add(
                        system,
                        List.of(
                                new Figure(RELAY, "sent", "1/s", sent),
                                new Figure(RELAY, InTurn.THROUGHPUT, "1/s", relayed),
                                new Figure(RELAY, RATIO, "1", relayed / sent)));
            }
        }
    }

    private void waiting(Databases databases, Broker broker) throws InterruptedException, SQLException, IOException {
        DataSource empty = databases.pool(NONE);
        DataSource full = databases.pool(MILLION);
        Relaying.fill(empty, 0);
        Relaying.fill(full, ROWS);
        try (Relaying one = Relaying.oneByOne(empty, broker);
                Relaying other = Relaying.oneByOne(full, broker)) {
            new InTurn(settings, report)
                    .run(
                            WAITING,
                            "1/s",
                            new InTurn.Contestant(NONE, one::perSecond),
                            new InTurn.Contestant(MILLION, other::perSecond));
        }
        poll(empty, full, broker);
    }

    /** One relay at a time, so that they don't disturb each other. */
    private void poll(DataSource empty, DataSource full, Broker broker) throws InterruptedException {
        for (int round = 0; round < settings.rounds(); round++) {
            poll(NONE, empty, broker);
            poll(MILLION, full, broker);
        }
    }

    private void poll(String system, DataSource database, Broker broker) throws InterruptedException {
        try (Relaying relay = Relaying.oneByOne(database, broker)) {
            relay.pollMillis(Duration.ofSeconds(1));
            double millis = relay.pollMillis(settings.round());
            report.add(system, List.of(new Figure(WAITING, POLL, "ms", millis)));
        }
    }
}
