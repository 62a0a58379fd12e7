package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.fence.OwnTransactions;
import io.holdfast.interceptors.tcc.OwnTransaction;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;

/**
 * Takes the messages of an {@link Outbox} to the broker: at least once, and those with one key in the order in which they were sent, as far as
 * a message comes for the first time. Each node of a cluster may run one; a part of the keys is worked by one of them at a time, since it holds
 * a row of {@code holdfast_outbox_partition} locked meanwhile, which the database gives back when the node dies.
 *
 * <p>A row is deleted after the broker has its message for good, in a transaction of the database that the broker has no part in: whatever
 * is halted in between, the message is sent again and none is lost. The database need not be XA.
 *
 * <p>A message that the broker does not take is tried again at growing intervals, without end; those with the same key wait behind it, all
 * others go on. Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    private static final long LONGEST_END_SECONDS = 30;

    private final RelayDatabase database;
    private final Transactions sending;
    private final Broker broker;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final Rests rests;
    /** Held for reading during a turn, so that {@link #close} waits for them. */
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock();

    private final List<Future<?>> schedules = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** With {@link RelaySettings#DEFAULT}. */
    public OutboxRelay(DataSource database, ConnectionFactory factory) {
        this(database, factory, RelaySettings.DEFAULT);
    }

    /**
     * @param database of the outbox; its connections are used outside JTA transactions, with commits of their own
     * @param factory used outside JTA transactions; {@code java:comp/DefaultJMSConnectionFactory} does
     */
    public OutboxRelay(DataSource database, ConnectionFactory factory, RelaySettings settings) {
        this(
                new RelayDatabase.Local(OwnTransactions.of(database)),
                new Transactions.None(),
                new JmsBroker(factory, Directory.JNDI),
                settings,
                InstantSource.system());
    }

    /**
     * A relay that sends a batch in one JTA transaction, which the broker forces to its disk once, and not once for each message: many times as
     * fast. That transaction runs inside another one of the database alone, which is suspended meanwhile; each has one resource and commits in
     * one phase. To be called in an application with CDI, whose container begins the inner one.
     *
     * @param transaction that the executor's threads may use: that of a bean with bean-managed transactions does
     * @param database of the outbox, XA or not; its connections take part in JTA transactions
     * @param factory its sessions take part in them too; {@code java:comp/DefaultJMSConnectionFactory} does
     * @throws IllegalStateException without CDI
     */
    public static OutboxRelay inJta(
            UserTransaction transaction, DataSource database, ConnectionFactory factory, RelaySettings settings) {
        return new OutboxRelay(
                new RelayDatabase.InJta(new Transactions.Begun(transaction), database),
                new Transactions.OfContainer(
                        CDI.current().select(OwnTransaction.class).get(), Directory.JNDI),
                new JmsBroker(factory, Directory.JNDI),
                settings,
                InstantSource.system());
    }

    /** As {@link #inJta(UserTransaction, DataSource, ConnectionFactory, RelaySettings)}, for those who have the manager and no CDI. */
    public static OutboxRelay inJta(
            TransactionManager manager, DataSource database, ConnectionFactory factory, RelaySettings settings) {
        Transactions transactions = new Transactions.OfManager(manager);
        return new OutboxRelay(
                new RelayDatabase.InJta(transactions, database),
                transactions,
                new JmsBroker(factory, Directory.JNDI),
                settings,
                InstantSource.system());
    }

    OutboxRelay(
            RelayDatabase database, Transactions sending, Broker broker, RelaySettings settings, InstantSource clock) {
        this.database = database;
        this.sending = sending;
        this.broker = broker;
        this.settings = settings;
        this.clock = clock;
        this.rests = new Rests(settings);
    }

    /**
     * Works until it is closed. A worker that the executor does not take is missing then, with a warning unless the relay is closed. Runs that
     * the executor drops, as a suspended server does, are made up for by the next ones.
     *
     * @param executor one whose threads have the application's JNDI: a {@code ManagedScheduledExecutorService}
     */
    public void start(ScheduledExecutorService executor) {
        for (int worker = 0; worker < settings.workers() && !closed; worker++) {
            try {
                schedules.add(executor.scheduleWithFixedDelay(
                        new Worker(this, settings), 0, settings.poll().toMillis(), TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException rejected) {
                if (!closed) {
                    LOG.log(Level.WARNING, InterceptorMessage.RELAY_REJECTED.with(rejected), rejected);
                }
            }
        }
        if (closed) {
            cancelSchedules();
        }
    }

    private void cancelSchedules() {
        schedules.forEach(schedule -> schedule.cancel(false));
    }

    boolean isClosed() {
        return closed;
    }

    /** Relays what is due, a batch from each partition that nobody else is at, unless the broker cannot be opened. One that breaks off rests. */
    Turn.Outcome relayDue() throws Exception {
        turns.readLock().lock();
        try {
            if (closed) {
                return Turn.Outcome.NOTHING;
            }
            List<Integer> busy = new ArrayList<>(
                    database.call(connection -> new WaitingRows(connection).busyPartitions(clock.millis())));
            Collections.shuffle(busy, ThreadLocalRandom.current());
            Turn.Outcome all = Turn.Outcome.NOTHING;
            for (int partition : busy) {
                if (closed || all.unreachable()) {
                    break;
                }
                if (!rests.isAt(partition, clock.millis())) {
                    all = all.and(relay(partition));
                }
            }
            return all;
        } finally {
            turns.readLock().unlock();
        }
    }

    private Turn.Outcome relay(int partition) {
        try {
            Turn.Outcome outcome = database.take(new Turn(partition, sending, broker, settings, clock));
            if (!outcome.equals(Turn.Outcome.NOTHING)) {
                rests.end(partition);
            }
            return outcome;
        } catch (Exception e) {
            Duration wait = rests.begin(partition, clock.millis());
            LOG.log(Level.WARNING, InterceptorMessage.RELAY_PARTITION_FAILED.with(partition, e, wait), e);
            return Turn.Outcome.NOTHING;
        }
    }

    /**
     * No turn begins any more, and those under way are waited for, 30 seconds at most. What is left waits for the next relay. Can be called
     * again without effect.
     */
    @Override
    public void close() {
        closed = true;
        cancelSchedules();
        try {
            if (turns.writeLock().tryLock(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                turns.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
