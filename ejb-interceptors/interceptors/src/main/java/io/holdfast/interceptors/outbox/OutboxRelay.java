package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.fence.OwnTransactions;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;

/**
 * Takes the messages of an {@link Outbox} to the broker: at least once, and those with one key in the order in which they were sent. Each node of
 * a cluster may run one; a part of the keys is worked by one of them at a time, since it holds a row of {@code holdfast_outbox_partition}
 * locked meanwhile, which the database gives back when the node dies.
 *
 * <p>A message that the broker does not take is tried again at growing intervals, without end; those with the same key wait behind it, all
 * others go on. Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    private static final long LONGEST_END_SECONDS = 30;

    private final OwnTransactions transactions;
    /** Whether a send is undone when the transaction is. */
    private final boolean brokerTakesPart;

    private final Broker broker;
    private final RelaySettings settings;
    private final InstantSource clock;
    /** Held for reading during a turn, so that {@link #close} waits for them. */
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock();

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
                OwnTransactions.of(database),
                false,
                new JmsBroker(factory, Directory.JNDI),
                settings,
                InstantSource.system());
    }

    /**
     * A relay that takes a whole batch in one JTA transaction, which the broker forces to its disk once, and not once for each message:
     * many times as fast. Without a failure of the transaction manager itself nothing is sent twice either, if the database is XA.
     *
     * @param transaction that the executor's threads may use, see {@link OwnTransactions#ofJta}
     * @param database of the outbox; its connections take part in JTA transactions
     * @param factory its sessions take part in them too; {@code java:comp/DefaultJMSConnectionFactory} does
     */
    public static OutboxRelay inJta(
            UserTransaction transaction, DataSource database, ConnectionFactory factory, RelaySettings settings) {
        return new OutboxRelay(
                OwnTransactions.ofJta(transaction, database),
                true,
                new JmsBroker(factory, Directory.JNDI),
                settings,
                InstantSource.system());
    }

    OutboxRelay(
            OwnTransactions transactions,
            boolean brokerTakesPart,
            Broker broker,
            RelaySettings settings,
            InstantSource clock) {
        this.transactions = transactions;
        this.brokerTakesPart = brokerTakesPart;
        this.broker = broker;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param executor one whose threads have the application's JNDI: a {@code ManagedScheduledExecutorService} */
    public void start(ScheduledExecutorService executor) {
        for (int worker = 0; worker < settings.workers(); worker++) {
            schedule(executor, Duration.ZERO, 0);
        }
    }

    /** The turn reports its own failures. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void schedule(ScheduledExecutorService executor, Duration wait, int failures) {
        if (closed) {
            return;
        }
        try {
            executor.schedule(() -> turn(executor, failures), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shuttingDown) {
            LOG.log(Level.DEBUG, "The executor ends, and the relay with it", shuttingDown);
        }
    }

    private void turn(ScheduledExecutorService executor, int failures) {
        int failed = failures + 1;
        Duration wait = settings.waitAfter(failed);
        try {
            Turn.Outcome outcome = relayDue();
            if (!outcome.failed()) {
                failed = 0;
                wait = outcome.relayed() > 0 ? Duration.ZERO : settings.poll();
            } else if (outcome.relayed() > 0) {
                failed = 1;
                wait = settings.firstRetry();
            }
        } catch (Throwable e) {
            if (!closed) {
                LOG.log(Level.WARNING, InterceptorMessage.RELAY_TURN_FAILED.with(e, wait), e);
            }
        }
        schedule(executor, wait, failed);
    }

    /** Relays what is due, a batch from each partition that nobody else is at, until a message fails. */
    Turn.Outcome relayDue() throws Exception {
        turns.readLock().lock();
        try {
            if (closed) {
                return Turn.Outcome.NOTHING;
            }
            List<Integer> busy = new ArrayList<>(
                    transactions.call(connection -> new WaitingRows(connection).busyPartitions(clock.millis())));
            Collections.shuffle(busy, ThreadLocalRandom.current());
            int relayed = 0;
            boolean failed = false;
            for (int partition : busy) {
                Turn.Outcome outcome = relay(partition);
                relayed += outcome.relayed();
                failed = outcome.failed();
                if (failed) {
                    break;
                }
            }
            return new Turn.Outcome(relayed, failed);
        } finally {
            turns.readLock().unlock();
        }
    }

    /** When a batch cannot be committed with the broker, its first message is tried alone, so that a bad one is found in the end. */
    private Turn.Outcome relay(int partition) throws Exception {
        try {
            return transactions.call(inTurn(partition, turn -> turn.relay(partition, settings.batch())));
        } catch (Exception batchFailed) {
            if (!brokerTakesPart) {
                throw batchFailed;
            }
            LOG.log(Level.DEBUG, "A batch of partition " + partition + " is tried one by one", batchFailed);
        }
        try {
            return transactions.call(inTurn(partition, turn -> turn.relay(partition, 1)));
        } catch (Exception failed) {
            return transactions.call(inTurn(partition, turn -> turn.postponeFirst(partition, failed)));
        }
    }

    /** What a turn does with a partition. */
    @FunctionalInterface
    private interface Step {
        Turn.Outcome in(Turn turn) throws SQLException;
    }

    private OwnTransactions.Work<Turn.Outcome> inTurn(int partition, Step step) {
        return connection -> {
            WaitingRows rows = new WaitingRows(connection);
            if (!rows.lock(partition)) {
                return Turn.Outcome.NOTHING;
            }
            try (Turn turn = new Turn(rows, broker, settings, clock)) {
                return step.in(turn);
            }
        };
    }

    /**
     * No turn begins any more, and those under way are waited for, 30 seconds at most. What is left waits for the next relay. Can be called
     * again without effect.
     */
    @Override
    public void close() {
        closed = true;
        try {
            if (turns.writeLock().tryLock(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                turns.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
