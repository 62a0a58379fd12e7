package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.InterceptorMessage;
import java.time.Duration;

/**
 * How an {@link OutboxRelay} works. Immutable.
 *
 * @param poll how long it waits when nothing is due; default 250 ms, range 10 ms to 1 minute
 * @param workers how many threads of the executor it uses, each at another part of the keys; default 2, range 1 to 8
 * @param batch how many messages are relayed in one database transaction; default 100, range 1 to 1,000. After a crash that many are sent
 *     again at most, for each worker
 * @param firstRetry how long a message waits after its first failure, and the relay after a turn in which nothing could be sent; each further
 *     wait is twice as long, but the relay waits 5 s at most as long as the broker can be opened; default 1 s, range 10 ms to 1 hour
 * @param longestRetry the longest wait; default 5 minutes, range {@code firstRetry} to 1 day
 */
public record RelaySettings(Duration poll, int workers, int batch, Duration firstRetry, Duration longestRetry) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final int MOST_IN_BATCH = 1000;
    private static final int MOST_DOUBLINGS = 30;

    /** The defaults. */
    public static final RelaySettings DEFAULT =
            new RelaySettings(Duration.ofMillis(250), 2, 100, Duration.ofSeconds(1), Duration.ofMinutes(5));

    public RelaySettings {
        check("poll", poll, SHORTEST, Duration.ofMinutes(1));
        check("workers", workers, 1, Partition.COUNT);
        check("batch", batch, 1, MOST_IN_BATCH);
        check("firstRetry", firstRetry, SHORTEST, Duration.ofHours(1));
        check("longestRetry", longestRetry, firstRetry, Duration.ofDays(1));
    }

    private static <T extends Comparable<T>> void check(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(InterceptorMessage.WRONG_RELAY_SETTING.with(name, value, least, most));
        }
    }

    /** @param failures in a row, 1 or more */
    Duration waitAfter(int failures) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(longestRetry) > 0 ? longestRetry : wait;
    }
}
