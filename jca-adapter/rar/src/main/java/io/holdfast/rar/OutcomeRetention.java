package io.holdfast.rar;

import io.holdfast.engine.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Lets ended branches wait until their outcome need not be asked for any more: for a time, and so many at most, the newest. Thread-safe;
 * its lock is held for memory work only.
 */
final class OutcomeRetention {
    private static final int MOST = 10_000;

    private record Kept(Instant due, Runnable whenOver) {}

    private final Host host;
    private final Duration time;
    private final Queue<Kept> kept = new ArrayDeque<>();
    private boolean armed;

    OutcomeRetention(Host host, Duration time) {
        this.host = host;
        this.time = time;
    }

    /** Runs the action when the time is over or newer ones need the place; at once if there is none to wait. */
    void keep(Instant endedAt, Runnable whenOver) {
        if (time.isZero()) {
            whenOver.run();
            return;
        }
        List<Kept> over;
        synchronized (this) {
            kept.add(new Kept(endedAt.plus(time), whenOver));
            over = takeOver();
        }
        run(over);
    }

    private void timeHasPassed() {
        List<Kept> over;
        synchronized (this) {
            armed = false;
            over = takeOver();
        }
        run(over);
    }

    private static void run(List<Kept> over) {
        over.forEach(each -> each.whenOver().run());
    }

    /** Those found at a start come in any order and may wait a little longer for one that ended later. */
    private List<Kept> takeOver() {
        List<Kept> over = new ArrayList<>();
        Instant now = host.clock().now();
        for (Kept oldest = kept.peek();
                oldest != null && (kept.size() > MOST || !oldest.due().isAfter(now));
                oldest = kept.peek()) {
            over.add(kept.remove());
        }
        Kept next = kept.peek();
        if (next != null && !armed) {
            armed = true;
            host.timers().schedule(Duration.between(now, next.due()), () -> host.executor()
                    .execute(this::timeHasPassed));
        }
        return over;
    }
}
