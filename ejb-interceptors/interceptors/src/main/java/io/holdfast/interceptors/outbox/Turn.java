package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.InterceptorMessage;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a relay does in one partition in one transaction of the database: {@link #read} locks the partition and reads what is due, {@link #send}
 * sends it in a transaction of the broker that ends before the other one, {@link #settle} deletes what was sent. Confined to its thread.
 */
final class Turn {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    /** One that waits behind another is looked at after that time, should the other have been removed by hand. */
    private static final Duration BEHIND = Duration.ofHours(1);
    /** A transaction in the database is not held open longer than that, unless a single send takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int EVERY = 10;

    private final int partition;
    private final Transactions sending;
    private final Broker broker;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final long begun;
    private final List<Queue> queues = new ArrayList<>();
    private Sent sent = Sent.NOTHING;

    /** @param sending in which the broker takes what is sent */
    Turn(int partition, Transactions sending, Broker broker, RelaySettings settings, InstantSource clock) {
        this.partition = partition;
        this.sending = sending;
        this.broker = broker;
        this.settings = settings;
        this.clock = clock;
        this.begun = clock.millis();
    }

    /**
     * What came of a turn.
     *
     * @param relayed how many messages
     * @param failed whether one could not be relayed; nothing was tried after it
     */
    record Outcome(int relayed, boolean failed) {
        static final Outcome NOTHING = new Outcome(0, false);
    }

    /**
     * Messages that can be sent one after the other.
     *
     * @param ready one without a key, or the oldest with one key, none left out; 1 or more
     * @param awaited whether another one with that key waits until these are gone
     */
    private record Queue(List<WaitingMessage> ready, boolean awaited) {}

    private record Failure(WaitingMessage message, Exception cause) {}

    /**
     * What came of the sends.
     *
     * @param taken by the broker: the first ones
     * @param failure of the next one
     */
    private record Sent(List<WaitingMessage> taken, Optional<Failure> failure) {
        static final Sent NOTHING = new Sent(List.of(), Optional.empty());
    }

    /** @return whether there is something to send; not when another relay is in the partition */
    boolean read(Connection connection) throws SQLException {
        WaitingRows rows = new WaitingRows(connection);
        if (!rows.lock(partition)) {
            return false;
        }
        Map<String, List<WaitingMessage>> byKey = rows.due(partition, begun, settings.batch()).stream()
                .collect(Collectors.groupingBy(Turn::queue, LinkedHashMap::new, Collectors.toList()));
        for (List<WaitingMessage> together : byKey.values()) {
            Queue queue = together.get(0).isOrdered() ? oldest(rows, together) : new Queue(together, false);
            if (!queue.ready().isEmpty()) {
                queues.add(queue);
            }
        }
        return !queues.isEmpty();
    }

    /** Those without a key wait for nobody. */
    private static String queue(WaitingMessage waiting) {
        return waiting.isOrdered() ? "k" + waiting.message().key() : "s" + waiting.sequence();
    }

    /** Between two that are due there may be one that is not, which the later one must not pass. */
    private Queue oldest(WaitingRows rows, List<WaitingMessage> due) throws SQLException {
        List<WaitingRows.Place> oldest = rows.oldest(due.get(0).message().key(), due.size() + 1);
        List<WaitingMessage> ready = new ArrayList<>();
        List<WaitingMessage> behind = new ArrayList<>();
        for (WaitingMessage next : due) {
            long before =
                    ready.size() < oldest.size() ? oldest.get(ready.size()).sequence() : Long.MAX_VALUE;
            if (next.sequence() == before) {
                ready.add(next);
            } else if (next.sequence() > before) {
                behind.add(next);
            } else {
                LOG.log(Level.DEBUG, "Outbox row {0} was discarded meanwhile", next.sequence());
            }
        }
        waitBehind(rows, behind);
        boolean awaited =
                ready.size() < oldest.size() && oldest.get(ready.size()).dueAt() > WaitingRows.FOLLOWING;
        return new Queue(ready, awaited);
    }

    /** When they cannot be committed together, the first one is sent alone, so that a bad one is found in the end. */
    void send() {
        List<WaitingMessage> ready =
                queues.stream().flatMap(queue -> queue.ready().stream()).toList();
        try {
            sent = send(ready);
            return;
        } catch (Exception all) {
            LOG.log(Level.DEBUG, "A batch of " + ready.size() + " is sent one by one", all);
        }
        try {
            sent = send(ready.subList(0, 1));
        } catch (Exception alone) {
            sent = new Sent(List.of(), Optional.of(new Failure(ready.get(0), alone)));
        }
    }

    private Sent send(List<WaitingMessage> ready) throws Exception {
        return sending.call(() -> sendEach(ready));
    }

    /** Until one fails. */
    private Sent sendEach(List<WaitingMessage> ready) {
        List<WaitingMessage> taken = new ArrayList<>();
        Broker.Session session;
        try {
            session = broker.open();
        } catch (Exception e) {
            return new Sent(taken, Optional.of(new Failure(ready.get(0), e)));
        }
        try (session) {
            for (WaitingMessage next : ready) {
                if (!taken.isEmpty() && clock.millis() - begun >= LONGEST.toMillis()) {
                    break;
                }
                try {
                    session.send(next.message());
                } catch (Exception e) {
                    return new Sent(taken, Optional.of(new Failure(next, e)));
                }
                taken.add(next);
            }
        }
        return new Sent(taken, Optional.empty());
    }

    Outcome settle(Connection connection) throws SQLException {
        WaitingRows rows = new WaitingRows(connection);
        rows.delete(sent.taken());
        int left = sent.taken().size();
        for (Queue queue : queues) {
            if (left < queue.ready().size()) {
                leave(rows, queue.ready().subList(left, queue.ready().size()));
                break;
            }
            left -= queue.ready().size();
            if (queue.awaited()) {
                rows.letFollow(queue.ready().get(0).message().key(), settings.batch());
            }
        }
        return new Outcome(sent.taken().size(), sent.failure().isPresent());
    }

    /** Those of a queue that were not sent: the first of them has failed, or there was no time for it. */
    private void leave(WaitingRows rows, List<WaitingMessage> rest) throws SQLException {
        if (sent.failure().isPresent()) {
            postpone(rows, sent.failure().get());
            waitBehind(rows, rest.subList(1, rest.size()));
        }
    }

    private void postpone(WaitingRows rows, Failure failure) throws SQLException {
        WaitingMessage message = failure.message();
        int attempts = message.attempts() + 1;
        Duration wait = settings.waitAfter(attempts);
        if (attempts == 1 || attempts % EVERY == 0) {
            LOG.log(
                    Level.WARNING,
                    InterceptorMessage.RELAY_POSTPONED.with(
                            message.message().id(), message.message().destination(), attempts, failure.cause(), wait),
                    failure.cause());
        }
        rows.postpone(message, attempts, clock.millis() + wait.toMillis());
    }

    private void waitBehind(WaitingRows rows, List<WaitingMessage> queue) throws SQLException {
        for (WaitingMessage one : queue) {
            rows.postpone(one, one.attempts(), clock.millis() + BEHIND.toMillis());
        }
    }
}
