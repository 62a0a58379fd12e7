package io.holdfast.lra.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Timers whose tasks a test runs by hand. Used by one thread. */
public final class HandTimers implements Timers {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private boolean isClosed;

    @Override
    public void schedule(Duration delay, Runnable task) {
        if (isClosed) {
            throw new IllegalStateException("closed");
        }
        delays.add(delay);
        waiting.add(task);
    }

    /** After how long the tasks were to run, all that there have been. */
    public List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** Whether there are tasks that have not run. */
    public boolean areIdle() {
        return waiting.isEmpty();
    }

    /** Runs the oldest task. */
    public void runNext() {
        waiting.remove().run();
    }

    @Override
    public void close() {
        isClosed = true;
        waiting.clear();
    }
}
