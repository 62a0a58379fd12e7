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
 * sends it in transactions of the broker that end before the other one, {@link #settle} deletes what was sent. Confined to its thread.
 */
final class Turn {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    /** One that waits behind another is looked at after that time, should the other have been removed by hand. */
    private static final Duration BEHIND = Duration.ofHours(1);

    private static final int EVERY = 10;

    private final int partition;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final long begun;
    private final List<Queue> queues = new ArrayList<>();
    private final Sends sends;

    /** @param sending in which the broker takes what is sent */
    Turn(int partition, Transactions sending, Broker broker, RelaySettings settings, InstantSource clock) {
        this.partition = partition;
        this.settings = settings;
        this.clock = clock;
        this.begun = clock.millis();
        this.sends = new Sends(sending, broker, clock, begun);
    }

    /**
     * What came of a turn.
     *
     * @param relayed how many messages
     * @param failed whether one could not be relayed
     * @param unreachable whether that was since the broker could not be opened
     */
    record Outcome(int relayed, boolean failed, boolean unreachable) {
        static final Outcome NOTHING = new Outcome(0, false, false);

        Outcome and(Outcome other) {
            return new Outcome(relayed + other.relayed, failed || other.failed, unreachable || other.unreachable);
        }
    }

    /**
     * Messages that can be sent one after the other.
     *
     * @param ready one without a key, or the oldest with one key, none left out; 1 or more
     * @param awaited whether another one with that key waits until these are gone
     */
    private record Queue(List<WaitingMessage> ready, boolean awaited) {
        String name() {
            return ready.get(0).queue();
        }

        boolean hasFailed() {
            return ready.get(0).attempts() > 0;
        }
    }

    /** @return whether there is something to send; not when another relay is in the partition */
    boolean read(Connection connection) throws SQLException {
        WaitingRows rows = new WaitingRows(connection);
        if (!rows.lock(partition)) {
            return false;
        }
        Map<String, List<WaitingMessage>> byKey = rows.due(partition, begun, settings.batch()).stream()
                .collect(Collectors.groupingBy(WaitingMessage::queue, LinkedHashMap::new, Collectors.toList()));
        for (List<WaitingMessage> together : byKey.values()) {
            Queue queue = together.get(0).isOrdered() ? oldest(rows, together) : new Queue(together, false);
            if (!queue.ready().isEmpty()) {
                queues.add(queue);
            }
        }
        return !queues.isEmpty();
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

    /** Those that have failed before are sent after the others, so that they cannot keep these back. */
    void send() {
        Map<Boolean, List<WaitingMessage>> ready = queues.stream()
                .collect(Collectors.partitioningBy(
                        Queue::hasFailed,
                        Collectors.flatMapping(queue -> queue.ready().stream(), Collectors.toList())));
        sends.send(ready.getOrDefault(false, List.of()));
        sends.send(ready.getOrDefault(true, List.of()));
    }

    Outcome settle(Connection connection) throws SQLException {
        WaitingRows rows = new WaitingRows(connection);
        rows.delete(sends.taken());
        for (Queue queue : queues) {
            Optional<Sends.Failure> failure = sends.failureOf(queue.name());
            if (failure.isPresent()) {
                holdBack(rows, queue, failure.get());
            } else if (queue.awaited() && queue.ready().stream().allMatch(sends::isTaken)) {
                rows.letFollow(queue.ready().get(0).message().key(), settings.batch());
            }
        }
        return sends.outcome();
    }

    private void holdBack(WaitingRows rows, Queue queue, Sends.Failure failure) throws SQLException {
        postpone(rows, failure);
        waitBehind(
                rows,
                queue.ready().stream()
                        .filter(one -> one.sequence() > failure.message().sequence())
                        .toList());
    }

    private void postpone(WaitingRows rows, Sends.Failure failure) throws SQLException {
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
