package io.holdfast.engine.time;

import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what was noted a certain time ago, or up to an eighth of it longer. It is kept in slices of such an eighth, with one timer for all, since
 * there can be very much of it. Thread-safe.
 *
 * @param <T> what is noted
 */
public final class Overdue<T> implements AutoCloseable {
    private static final int SLICES = 8;

    private final Duration slice;
    private final Timers timers;
    private final Predicate<T> settled;
    private final Consumer<List<T>> overdue;
    /** The newest last. */
    private final Deque<List<T>> slices = new ArrayDeque<>();

    private @Nullable Cancellable timer;
    private boolean closed;

    /**
     * @param after zero for never
     * @param settled picks what need not be told any more and is dropped early
     * @param overdue told on the timer's thread, maybe of what is settled too
     */
    public Overdue(Duration after, Timers timers, Predicate<T> settled, Consumer<List<T>> overdue) {
        this.settled = settled;
        this.slice = after.dividedBy(SLICES);
        this.timers = timers;
        this.overdue = overdue;
    }

    public synchronized void note(T noted) {
        if (closed || slice.isZero()) {
            return;
        }
        if (slices.isEmpty()) {
            slices.add(new ArrayList<>());
        }
        slices.getLast().add(noted);
        if (timer == null) {
            timer = timers.schedule(slice, this::turn);
        }
    }

    private void turn() {
        List<T> old = List.of();
        synchronized (this) {
            timer = null;
            if (closed) {
                return;
            }
            slices.getLast().removeIf(settled);
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

    /** Forgets what was noted. */
    @Override
    public synchronized void close() {
        closed = true;
        slices.clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
