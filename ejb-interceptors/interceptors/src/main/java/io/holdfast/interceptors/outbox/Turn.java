package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.InterceptorMessage;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One transaction of a relay in one partition that it has locked. Confined to its thread. */
final class Turn implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    /** One that waits behind another is looked at after that time, should the other have been removed by hand. */
    private static final Duration BEHIND = Duration.ofHours(1);
    /** A transaction in the database is not held open longer than that, unless a single send takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int EVERY = 10;

    private final WaitingRows rows;
    private final Broker broker;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final long begun;
    private final List<WaitingMessage> relayed = new ArrayList<>();
    private Broker.@Nullable Session session;
    private boolean failed;

    Turn(WaitingRows rows, Broker broker, RelaySettings settings, InstantSource clock) {
        this.rows = rows;
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

    /** @param atMost how many messages */
    Outcome relay(int partition, int atMost) throws SQLException {
        Map<String, List<WaitingMessage>> byKey = rows.due(partition, begun, atMost).stream()
                .collect(Collectors.groupingBy(Turn::queue, LinkedHashMap::new, Collectors.toList()));
        Map<String, Long> heads = rows.heads(byKey.values().stream()
                .map(queue -> queue.get(0))
                .filter(WaitingMessage::isOrdered)
                .map(first -> first.message().key())
                .toList());
        for (List<WaitingMessage> queue : byKey.values()) {
            WaitingMessage first = queue.get(0);
            Long head = heads.get(first.message().key());
            if (head != null && head < first.sequence()) {
                waitBehind(queue);
            } else if (!failed && clock.millis() - begun < LONGEST.toMillis()) {
                relay(queue);
            }
        }
        rows.delete(relayed);
        return new Outcome(relayed.size(), failed);
    }

    /** The message that {@link #relay} began with could not be committed. */
    Outcome postponeFirst(int partition, Exception cause) throws SQLException {
        for (WaitingMessage first : rows.due(partition, begun, 1)) {
            postpone(first, cause);
        }
        return new Outcome(0, true);
    }

    /** Those without a key wait for nobody. */
    private static String queue(WaitingMessage waiting) {
        return waiting.isOrdered() ? "k" + waiting.message().key() : "s" + waiting.sequence();
    }

    private void relay(List<WaitingMessage> queue) throws SQLException {
        for (int index = 0; index < queue.size(); index++) {
            WaitingMessage next = queue.get(index);
            try {
                session().send(next.message());
            } catch (Exception e) {
                failed = true;
                postpone(next, e);
                waitBehind(queue.subList(index + 1, queue.size()));
                return;
            }
            relayed.add(next);
        }
        WaitingMessage first = queue.get(0);
        if (first.isOrdered() && queue.stream().anyMatch(one -> one.dueAt() != WaitingRows.FRESH)) {
            rows.letFollow(first.message().key(), settings.batch());
        }
    }

    private void postpone(WaitingMessage message, Exception cause) throws SQLException {
        int attempts = message.attempts() + 1;
        Duration wait = settings.waitAfter(attempts);
        if (attempts == 1 || attempts % EVERY == 0) {
            LOG.log(
                    Level.WARNING,
                    InterceptorMessage.RELAY_POSTPONED.with(
                            message.message().id(), message.message().destination(), attempts, cause, wait),
                    cause);
        }
        rows.postpone(message, attempts, clock.millis() + wait.toMillis());
    }

    private void waitBehind(List<WaitingMessage> queue) throws SQLException {
        for (WaitingMessage one : queue) {
            rows.postpone(one, one.attempts(), clock.millis() + BEHIND.toMillis());
        }
    }

    private Broker.Session session() throws Exception {
        Broker.Session open = session;
        if (open == null) {
            open = broker.open();
            session = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
