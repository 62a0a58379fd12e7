package io.holdfast.engine;

import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ended transactions that can still be asked for: for a time, and so many at most, the newest. One timer for all of them.
 * Thread-safe; its lock is held for memory work only.
 */
final class Retention implements AutoCloseable {
    private record Kept(Instant endedAt, Cell cell) {}

    private final Host host;
    private final Duration time;
    private final int count;
    private final NavigableSet<Kept> kept = new TreeSet<>(Comparator.comparing(Kept::endedAt)
            .thenComparing(each -> each.cell().id().value()));

    private @Nullable Cancellable timer;
    private @Nullable Instant timerDue;
    private boolean closed;

    Retention(Settings settings, Host host) {
        this.host = host;
        this.time = settings.retention();
        this.count = settings.retentionCount();
    }

    /** Keeps it until its time is over, or others that have ended later need its place. The caller may hold the cell's lock. */
    void keep(Cell cell, Instant endedAt) {
        List<Kept> over;
        synchronized (this) {
            kept.add(new Kept(endedAt, cell));
            over = takeOver();
        }
        if (!over.isEmpty()) {
            host.executor().execute(() -> forget(over));
        }
    }

    /** It was forgotten before its time. */
    synchronized void drop(Cell cell, Instant endedAt) {
        kept.remove(new Kept(endedAt, cell));
    }

    @Override
    public synchronized void close() {
        closed = true;
        kept.clear();
        disarm();
    }

    private void timeHasPassed() {
        List<Kept> over;
        synchronized (this) {
            timer = null;
            timerDue = null;
            over = takeOver();
        }
        forget(over);
    }

    private static void forget(List<Kept> over) {
        over.forEach(each -> each.cell().retentionIsOver());
    }

    private List<Kept> takeOver() {
        List<Kept> over = new ArrayList<>();
        Instant latest = host.clock().now().minus(time);
        while (!kept.isEmpty()
                && (kept.size() > count || !kept.first().endedAt().isAfter(latest))) {
            over.add(kept.pollFirst());
        }
        arm();
        return over;
    }

    /** For the oldest; an earlier timer finds nothing to do and is armed again. */
    private void arm() {
        if (closed || kept.isEmpty()) {
            disarm();
            return;
        }
        Instant due = kept.first().endedAt().plus(time);
        if (timerDue == null || due.isBefore(timerDue)) {
            disarm();
            timerDue = due;
            Timers timers = host.timers();
            timer = timers.schedule(Duration.between(host.clock().now(), due), () -> host.executor()
                    .execute(this::timeHasPassed));
        }
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
            timerDue = null;
        }
    }
}
