package io.holdfast.engine.delivery;

import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one endpoint and how many calls may go there. While its circuit is open one call at a time probes it, at growing
 * intervals, and everything else waits without a timer of its own. Methods give the deliveries whose calls the caller makes next.
 * Thread-safe; its lock is held for memory work only.
 */
final class Endpoint {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine.delivery");

    /** How soon after a failed probe something that is told for the first time brings the next one about. */
    private static final Duration EAGERNESS = Duration.ofSeconds(1);

    /** What all endpoints share. */
    record Shared(
            RetryPolicy retries,
            int maxCalls,
            Timers timers,
            RandomGenerator random,
            BiConsumer<Endpoint, List<Delivery>> starter) {}

    private final String name;
    private final Shared shared;
    private final Circuit circuit;
    private final Deque<Delivery> fresh = new ArrayDeque<>(2);
    private final Queue<Delivery> tried = new ArrayDeque<>(2);
    /** Those that wait for a time of their own. */
    private final Map<Delivery, Cancellable> waiting = new LinkedHashMap<>();

    private final Set<Delivery> underWay = new HashSet<>(2);
    private boolean freshIsNext = true;
    /** How many of the queued go out whatever the circuit says. */
    private int forced;
    /** How often everything that waits was made due. */
    private int forcings;

    private boolean probing;
    private boolean probeDue;
    private boolean eagerProbeAllowed;
    private boolean freshSinceProbe;
    private @Nullable Cancellable probeTimer;
    private boolean closed;

    Endpoint(String name, Shared shared) {
        this.name = name;
        this.shared = shared;
        this.circuit = new Circuit(shared.maxCalls());
    }

    String name() {
        return name;
    }

    /** Whether nobody has any use for it. */
    synchronized boolean isIdle() {
        return underWay.isEmpty() && queued() == 0 && waiting.isEmpty();
    }

    /** Whether what is queued now waits for a sign of life. */
    synchronized boolean isSilent() {
        return circuit.isOpen();
    }

    /** A vote is asked for once and waited for, so that it goes out first and at once. */
    synchronized List<Delivery> enqueue(Delivery delivery) {
        if (isVote(delivery)) {
            fresh.addFirst(delivery);
            forced++;
        } else if (delivery.isFresh()) {
            fresh.add(delivery);
            probeDue |= eagerProbeAllowed;
            freshSinceProbe = true;
        } else {
            tried.add(delivery);
        }
        return startable();
    }

    /** Queues everything that waits, and lets all of it go out; what is under way, and is not answered, follows at once. */
    synchronized List<Delivery> force() {
        forcings++;
        waiting.forEach((delivery, timer) -> {
            timer.cancel();
            tried.add(delivery);
        });
        waiting.clear();
        forced = queued();
        return startable();
    }

    /** Takes out what is queued or waits for the participant, since it is reached elsewhere now. */
    synchronized List<Delivery> take(TransactionId transaction, ParticipantId participant) {
        List<Delivery> taken = new ArrayList<>();
        waiting.forEach((delivery, timer) -> {
            if (delivery.isFor(transaction, participant)) {
                timer.cancel();
                taken.add(delivery);
            }
        });
        taken.forEach(waiting::remove);
        for (Queue<Delivery> queue : List.of(fresh, tried)) {
            for (Iterator<Delivery> each = queue.iterator(); each.hasNext(); ) {
                Delivery delivery = each.next();
                if (delivery.isFor(transaction, participant)) {
                    each.remove();
                    taken.add(delivery);
                }
            }
        }
        forced = Math.min(forced, queued());
        return taken;
    }

    /** The delivery was not needed, so that no call was made. */
    synchronized List<Delivery> callWasNotMade(Delivery delivery) {
        callIsOver(delivery);
        probeDue |= delivery.isProbe() && circuit.isOpen();
        return startable();
    }

    /** @param again whether the delivery has to be repeated */
    synchronized List<Delivery> answered(Delivery delivery, boolean again) {
        callIsOver(delivery);
        if (circuit.answered()) {
            disarmProbe();
            LOG.log(System.Logger.Level.INFO, EngineMessage.ENDPOINT_ANSWERS.text(name, queued()));
        }
        if (again) {
            repeat(delivery);
        }
        return startable();
    }

    /** @param again whether the delivery has to be repeated */
    synchronized List<Delivery> unanswered(Delivery delivery, boolean again, String cause) {
        callIsOver(delivery);
        if (circuit.unanswered(delivery.isProbe())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    EngineMessage.ENDPOINT_SILENT.text(name, circuit.failuresInARow(), cause));
            armProbe();
        } else if (delivery.isProbe() && circuit.isOpen()) {
            armProbe();
        }
        if (again) {
            repeat(delivery);
        }
        return startable();
    }

    /** Of those that are to be told something of one of the transactions here. */
    synchronized List<Attempts> attempts(Set<TransactionId> transactions) {
        return Stream.of(fresh, tried, waiting.keySet(), underWay)
                .flatMap(Collection::stream)
                .filter(delivery -> transactions.contains(delivery.transaction()))
                .map(Delivery::soFar)
                .toList();
    }

    synchronized void close() {
        closed = true;
        disarmProbe();
        waiting.values().forEach(Cancellable::cancel);
        waiting.clear();
    }

    private void callIsOver(Delivery delivery) {
        underWay.remove(delivery);
        probing &= !delivery.isProbe();
    }

    private static boolean isVote(Delivery delivery) {
        return delivery.instruction() == Instruction.PREPARE;
    }

    private int queued() {
        return fresh.size() + tried.size();
    }

    private List<Delivery> startable() {
        if (closed || queued() == 0) {
            return List.of();
        }
        List<Delivery> ready = new ArrayList<>();
        while (queued() > 0 && underWay.size() < shared.maxCalls() && mayStart()) {
            Delivery delivery = next();
            delivery.setProbe(circuit.isOpen() && probeDue);
            delivery.setForcingsBefore(forcings);
            if (delivery.isProbe()) {
                disarmProbe();
                freshSinceProbe = false;
                probing = true;
            }
            forced = Math.max(0, forced - 1);
            underWay.add(delivery);
            ready.add(delivery);
        }
        return ready;
    }

    private boolean mayStart() {
        return forced > 0 || (circuit.isOpen() ? probeDue : underWay.size() < circuit.allowed());
    }

    /** Turn and turn about, so that neither starves; a silent endpoint is probed by the fresh, whose resources may be others. */
    private Delivery next() {
        boolean takeFresh =
                tried.isEmpty() || (!fresh.isEmpty() && (freshIsNext || circuit.isOpen() || isVote(fresh.element())));
        freshIsNext = !takeFresh;
        return takeFresh ? fresh.remove() : tried.remove();
    }

    private void repeat(Delivery delivery) {
        boolean forcedMeanwhile = delivery.forcingsBefore() != forcings;
        if (forcedMeanwhile) {
            forced++;
        }
        if (forcedMeanwhile || circuit.isOpen()) {
            tried.add(delivery);
        } else {
            waitOwnTime(delivery);
        }
    }

    private void waitOwnTime(Delivery delivery) {
        if (!closed) {
            Duration delay = shared.retries().delayAfter(delivery.attempts(), shared.random());
            waiting.put(delivery, shared.timers().schedule(delay, () -> start(due(delivery))));
        }
    }

    private synchronized List<Delivery> due(Delivery delivery) {
        if (waiting.remove(delivery) == null) {
            return List.of();
        }
        tried.add(delivery);
        return startable();
    }

    private void armProbe() {
        disarmProbe();
        Duration delay = shared.retries().delayAfter(circuit.failedAttempts(), shared.random());
        Duration quiet = delay.compareTo(EAGERNESS) < 0 ? delay : EAGERNESS;
        probeTimer = closed ? null : shared.timers().schedule(quiet, () -> start(quietIsOver(delay.minus(quiet))));
    }

    private synchronized List<Delivery> quietIsOver(Duration rest) {
        if (closed || !circuit.isOpen()) {
            return List.of();
        }
        if (rest.isZero() || freshSinceProbe) {
            return probeIsDue();
        }
        eagerProbeAllowed = true;
        probeTimer = shared.timers().schedule(rest, () -> start(probeIsDue()));
        return List.of();
    }

    private synchronized List<Delivery> probeIsDue() {
        probeDue = circuit.isOpen() && !probing;
        return startable();
    }

    private void disarmProbe() {
        probeDue = false;
        eagerProbeAllowed = false;
        if (probeTimer != null) {
            probeTimer.cancel();
            probeTimer = null;
        }
    }

    private void start(List<Delivery> ready) {
        if (!ready.isEmpty()) {
            shared.starter().accept(this, ready);
        }
    }
}
