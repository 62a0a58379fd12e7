package io.holdfast.engine.delivery;

import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of deliveries that were noted a certain time ago. They are kept in slices of an eighth of that time, with one timer for all, since
 * a dead endpoint can have very many. Thread-safe.
 */
final class Overdue {
    private static final int SLICES = 8;

    private final Duration slice;
    private final Timers timers;
    private final Consumer<List<Delivery>> overdue;
    /** The newest last. */
    private final Deque<List<Delivery>> slices = new ArrayDeque<>();

    private @Nullable Cancellable timer;
    private boolean closed;

    /** @param after zero for never */
    Overdue(Duration after, Timers timers, Consumer<List<Delivery>> overdue) {
        this.slice = after.dividedBy(SLICES);
        this.timers = timers;
        this.overdue = overdue;
    }

    synchronized void note(Delivery delivery) {
        if (closed || slice.isZero()) {
            return;
        }
        if (slices.isEmpty()) {
            slices.add(new ArrayList<>());
        }
        slices.getLast().add(delivery);
        if (timer == null) {
            timer = timers.schedule(slice, this::turn);
        }
    }

    private void turn() {
        List<Delivery> old = List.of();
        synchronized (this) {
            timer = null;
            if (closed) {
                return;
            }
            slices.add(new ArrayList<>());
            if (slices.size() > SLICES + 1) {
                old = slices.remove();
            }
            if (slices.stream().allMatch(List::isEmpty)) {
                slices.clear();
            } else {
                timer = timers.schedule(slice, this::turn);
            }
        }
        if (!old.isEmpty()) {
            overdue.accept(old);
        }
    }

    synchronized void close() {
        closed = true;
        slices.clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
