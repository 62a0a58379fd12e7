package io.holdfast.rar;

import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A clock and timers that stand still until they are advanced. Thread-safe. */
final class ManualTime implements Clock, Timers {
    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private @Nullable RuntimeException bug;

    private record Task(Instant due, Runnable action) {}

    @Override
    public synchronized Instant now() {
        if (bug != null) {
            throw bug;
        }
        return now;
    }

    /** As a mistake of ours would: nobody can be told the time until it is mended, by null. */
    synchronized void breakBy(@Nullable RuntimeException mistake) {
        bug = mistake;
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable action) {
        Task task = new Task(now.plus(delay), action);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    void advance(Duration step) {
        List<Task> due;
        synchronized (this) {
            now = now.plus(step);
            due = tasks.stream()
                    .filter(task -> !task.due().isAfter(now))
                    .sorted(Comparator.comparing(Task::due))
                    .toList();
            tasks.removeAll(due);
        }
        due.forEach(task -> task.action().run());
    }
}
