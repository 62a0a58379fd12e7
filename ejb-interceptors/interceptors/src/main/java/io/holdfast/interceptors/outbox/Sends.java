package io.holdfast.interceptors.outbox;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one {@link Turn} sends, in transactions of the broker: of each queue the first ones, up to one that fails. Confined to its thread. */
final class Sends {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    /** A transaction in the database is not held open longer than that, unless a single send takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** A broker that takes nothing is not asked for each message that waits. */
    private static final int MOST_FAILURES = 10;

    private final Transactions transactions;
    private final Broker broker;
    private final InstantSource clock;
    private final long begun;
    private final List<WaitingMessage> taken = new ArrayList<>();
    private final Set<Long> takenSequences = new HashSet<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private int failed;
    private int mostFailed;
    private boolean unreachable;
    private boolean over;

    /** @param begun when the turn began */
    Sends(Transactions transactions, Broker broker, InstantSource clock, long begun) {
        this.transactions = transactions;
        this.broker = broker;
        this.clock = clock;
        this.begun = begun;
    }

    /** A message that the broker did not take. */
    record Failure(WaitingMessage message, Exception cause) {}

    /** @param all false when there was no time for the rest, or too many had failed */
    private record Sent(List<WaitingMessage> messages, boolean all) {}

    /**
     * Sends them together, or without those that fail.
     *
     * @param batch of each queue the oldest, none left out
     */
    void send(List<WaitingMessage> batch) {
        mostFailed = failed + MOST_FAILURES;
        together(batch);
    }

    List<WaitingMessage> taken() {
        return taken;
    }

    boolean isTaken(WaitingMessage message) {
        return takenSequences.contains(message.sequence());
    }

    /** The one of that queue behind which the others wait. */
    Optional<Failure> failureOf(String queue) {
        return Optional.ofNullable(failures.get(queue));
    }

    Turn.Outcome outcome() {
        return new Turn.Outcome(taken.size(), failed > 0, unreachable);
    }

    /** When they cannot be committed together, those that failed are left out; when none did, a bad one is looked for in halves. */
    private void together(List<WaitingMessage> batch) {
        List<WaitingMessage> left = batch.stream().filter(this::mayGo).toList();
        if (left.isEmpty() || isOver()) {
            return;
        }
        int failedBefore = failed;
        try {
            Sent sent = transactions.call(() -> each(left));
            taken.addAll(sent.messages());
            sent.messages().forEach(message -> takenSequences.add(message.sequence()));
            over = !sent.all() && failed < mostFailed;
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "A batch of " + left.size() + " could not be sent together", e);
            if (failed > failedBefore) {
                together(left);
            } else if (left.size() == 1) {
                fail(left.get(0), e);
            } else {
                int first = isLate() ? 1 : left.size() / 2;
                together(left.subList(0, first));
                together(left.subList(first, left.size()));
            }
        }
    }

    private Sent each(List<WaitingMessage> batch) {
        Broker.Session session;
        try {
            session = broker.open();
        } catch (Exception e) {
            unreachable = true;
            fail(batch.get(0), e);
            return new Sent(List.of(), false);
        }
        try {
            return through(session, batch);
        } finally {
            close(session);
        }
    }

    private Sent through(Broker.Session session, List<WaitingMessage> batch) {
        List<WaitingMessage> sent = new ArrayList<>();
        for (WaitingMessage next : batch) {
            if (failed >= mostFailed || isLateAfter(sent)) {
                return new Sent(sent, false);
            }
            if (mayGo(next) && isSent(session, next)) {
                sent.add(next);
            }
        }
        return new Sent(sent, true);
    }

    /** What was sent is sent, whatever becomes of the connection; in a transaction its commit tells. */
    private static void close(Broker.Session session) {
        try {
            session.close();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "A session of the broker could not be closed", e);
        }
    }

    private boolean isSent(Broker.Session session, WaitingMessage message) {
        try {
            session.send(message.readable());
            return true;
        } catch (Exception e) {
            fail(message, e);
            return false;
        }
    }

    private void fail(WaitingMessage message, Exception cause) {
        failed++;
        failures.put(message.queue(), new Failure(message, cause));
    }

    private boolean mayGo(WaitingMessage message) {
        Failure failure = failures.get(message.queue());
        return failure == null || message.sequence() < failure.message().sequence();
    }

    private boolean isOver() {
        return over || unreachable || failed >= mostFailed || isLateAfter(taken);
    }

    /** Never before something has come of the turn, or it would come to nothing again and again. */
    private boolean isLateAfter(List<WaitingMessage> sent) {
        return isLate() && (failed > 0 || !sent.isEmpty());
    }

    private boolean isLate() {
        return clock.millis() - begun >= LONGEST.toMillis();
    }
}
