package io.holdfast.benchmarks.database;

import io.holdfast.interceptors.outbox.Outbox;
import io.holdfast.interceptors.outbox.OutboxRelay;
import io.holdfast.interceptors.outbox.RelaySettings;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A relay at work between a database and the broker. Confined to one thread. */
public final class Relaying implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final long FOREVER = 4_000_000_000_000L;
    private static final int AT_ONCE = 100;

    private final TimedTransactions database;
    private final Broker broker;
    private final OutboxRelay relay;
    private final ScheduledExecutorService threads;

    private Relaying(TimedTransactions database, Broker broker, OutboxRelay relay, RelaySettings settings) {
        this.database = database;
        this.broker = broker;
        this.relay = relay;
        this.threads = Executors.newScheduledThreadPool(settings.workers());
        relay.start(threads);
    }

    private static Relaying local(DataSource source, Broker broker, RelaySettings settings) {
        TimedTransactions database = new TimedTransactions(source);
        OutboxRelay relay = new OutboxRelay(database.source(), broker.factory(), settings);
        return new Relaying(database, broker, relay, settings);
    }

    /** With its defaults, and a send that waits for the broker's disk for each message. */
    public static Relaying start(DataSource source, Broker broker) {
        return local(source, broker, RelaySettings.DEFAULT);
    }

    /** With its defaults, a JTA transaction for each batch, and a database that is not XA. */
    public static Relaying inJta(DataSource source, Broker broker, TransactionManager manager) {
        JtaResources resources = new JtaResources(manager);
        return inJta(source, resources.source(source), resources, broker, manager);
    }

    /** The same with a database that is XA. */
    public static Relaying inXa(
            DataSource source, Databases databases, String name, Broker broker, TransactionManager manager) {
        JtaResources resources = new JtaResources(manager);
        return inJta(source, resources.source(databases.xa(name)), resources, broker, manager);
    }

    private static Relaying inJta(
            DataSource source, DataSource inJta, JtaResources resources, Broker broker, TransactionManager manager) {
        OutboxRelay relay = OutboxRelay.inJta(
                manager, inJta, resources.factory(broker.xaFactory()), RelaySettings.DEFAULT);
        return new Relaying(new TimedTransactions(source), broker, relay, RelaySettings.DEFAULT);
    }

    /** With one thread that looks often and relays one message in each transaction, so that each costs whatever a turn costs. */
    public static Relaying oneByOne(DataSource source, Broker broker) {
        RelaySettings usual = RelaySettings.DEFAULT;
        return local(source, broker, new RelaySettings(POLL, 1, 1, usual.firstRetry(), usual.longestRetry()));
    }

    /** Fills the outbox with rows that wait for the time of their next attempt, a thousand for each key. */
    public static void fill(DataSource source, int rows) throws SQLException {
        new Outbox().create(source);
        try (Connection connection = source.getConnection()) {
            Sessions.execute(
                    connection,
                    "insert into holdfast_outbox (message_id, partition_no, destination, message_key, body, properties, attempts,"
                            + " due_at, created_at) select 'm' || n, n % 8, 'orders', 'k' || (n / 1000), repeat('x', 300), '', 1,"
                            + " ?, 0 from generate_series(1, ?) n",
                    FOREVER,
                    rows);
            Sessions.execute(connection, "vacuum analyze holdfast_outbox");
        }
    }

    /** How many have arrived at the broker so far, of this relay and of those before it. */
    public long relayed() {
        return broker.received();
    }

    /** How long, in milliseconds, the median look at an outbox takes in which nothing is due. */
    public double pollMillis(Duration during) throws InterruptedException {
        database.forget();
        try {
            return threads.schedule(
                            () -> database.taken().percentileMillis(50), during.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Messages in a second, sent a hundred at a time and waited for. */
    public double perSecond(Duration during) throws InterruptedException, SQLException {
        Outbox outbox = new Outbox();
        long before = broker.received();
        long begin = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - begin < during.toNanos()) {
            Orders.send(outbox, database.source(), AT_ONCE);
            sent += AT_ONCE;
            broker.await(before + sent, LONGEST);
        }
        return sent * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() {
        relay.close();
        threads.shutdownNow();
    }
}
