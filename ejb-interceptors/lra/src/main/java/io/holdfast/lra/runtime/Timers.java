package io.holdfast.lra.runtime;

import java.time.Duration;

/** Runs tasks later, one at a time. Implementations are thread-safe. */
public interface Timers extends AutoCloseable {
    /** Runs a task once. Not to be called after {@link #close}. */
    void schedule(Duration delay, Runnable task);

    /** What has not begun is not run any more; what runs is interrupted and not waited for. */
    @Override
    void close();
}
