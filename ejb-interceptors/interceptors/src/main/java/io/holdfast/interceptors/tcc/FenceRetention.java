package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Removes what the fences of an application no longer need: the rows of what was confirmed or cancelled longer ago than the retention, of all data
 * sources that are known when it runs. Open work stays, however old. The first run comes one hour after the start, so that what is repeated
 * after a restart finds its rows, and then one comes each hour. Several nodes may run it at once. A data source that fails is told of once, and tried
 * again at each run. Thread-safe.
 */
final class FenceRetention implements Runnable, AutoCloseable {
    /** How many days a finished row stays. */
    static final String SETTING = "holdfast.fence.retention.days";
    /** Of the component that registers the application. */
    static final String EXECUTOR = "java:comp/DefaultManagedScheduledExecutorService";

    static final Duration INTERVAL = Duration.ofHours(1);
    /**
     * How often the executor looks whether a run is due. Those of servers keep what was cancelled, with its class loader, until its next time; and
     * Payara ends what it has to run while its application is still being deployed.
     */
    static final Duration WAKE = Duration.ofMinutes(5);

    static final int BATCH = 500;
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    private static final int DEFAULT_DAYS = 7;
    private static final int MOST_DAYS = 3650;
    private static final int LONGEST_END_SECONDS = 30;

    private final Fences fences;
    private final OwnTransaction own;
    private final Duration age;
    private final InstantSource clock;
    /** Held by a run; the fields below belong to its holder. */
    private final ReentrantLock running = new ReentrantLock();

    private final Set<String> failing = new HashSet<>();
    private Instant due;
    private volatile @Nullable ScheduledFuture<?> schedule;
    private volatile boolean closed;

    /** @param age zero for a retention that never removes anything, see {@link #age} */
    FenceRetention(Fences fences, OwnTransaction own, Duration age, InstantSource clock) {
        this.fences = fences;
        this.own = own;
        this.age = age;
        this.clock = clock;
        this.due = clock.instant().plus(INTERVAL);
    }

    /**
     * How old a finished row may become; zero when it stays for ever.
     *
     * @param days as set; null for the default
     * @throws IllegalArgumentException when it is no number within the bounds
     */
    static Duration age(@Nullable String days) {
        if (days == null) {
            return Duration.ofDays(DEFAULT_DAYS);
        }
        int number;
        try {
            number = Integer.parseInt(days.strip());
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(wrong(days), noNumber);
        }
        if (number < 0 || number > MOST_DAYS) {
            throw new IllegalArgumentException(wrong(days));
        }
        return Duration.ofDays(number);
    }

    private static String wrong(String days) {
        return InterceptorMessage.WRONG_FENCE_RETENTION.with(SETTING, days, 1, MOST_DAYS);
    }

    /** Without an executor the rows stay, and the application runs all the same. */
    void start(Directory jndi) {
        if (age.isZero()) {
            return;
        }
        try {
            ScheduledExecutorService executor = (ScheduledExecutorService) jndi.find(EXECUTOR);
            schedule = executor.scheduleWithFixedDelay(this, WAKE.toMillis(), WAKE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (NamingException | RuntimeException none) {
            LOG.log(Level.WARNING, InterceptorMessage.NO_FENCE_CLEAN_UP.with(EXECUTOR, none), none);
        }
    }

    /** Removes what is to be removed when it is due. Throws nothing, which would end the schedule. */
    @Override
    public void run() {
        running.lock();
        try {
            if (!closed && !clock.instant().isBefore(due)) {
                due = clock.instant().plus(INTERVAL);
                removeAll();
            }
        } finally {
            running.unlock();
        }
    }

    private void removeAll() {
        Set<DataSource> cleaned = Collections.newSetFromMap(new IdentityHashMap<>());
        fences.known().forEach((name, database) -> {
            if (cleaned.add(database)) {
                remove(name, database);
            }
        });
    }

    private void remove(String name, DataSource database) {
        try {
            fences.prepare(name, Optional.of(database));
            while (!closed && removeBatch(database) == BATCH) {
                LOG.log(Level.DEBUG, "Removed a batch of finished rows of the fence in {0}", name);
            }
            failing.remove(name);
        } catch (Throwable failure) {
            if (!closed) {
                Level level = failing.add(name) ? Level.WARNING : Level.DEBUG;
                LOG.log(level, InterceptorMessage.FENCE_CLEAN_UP_FAILED.with(name, failure), failure);
            }
        }
    }

    private int removeBatch(DataSource database) throws Exception {
        Object removed = own.call(() -> {
            try (Connection connection = database.getConnection()) {
                return fences.fence().removeFinished(connection, age, BATCH);
            }
        });
        return (Integer) Objects.requireNonNull(removed);
    }

    /** Nothing is removed any more; a batch that is under way is waited for, 30 seconds at most. */
    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> current = schedule;
        if (current != null) {
            // Without an interrupt, which some databases do not bear.
            current.cancel(false);
        }
        try {
            if (running.tryLock(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                running.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
