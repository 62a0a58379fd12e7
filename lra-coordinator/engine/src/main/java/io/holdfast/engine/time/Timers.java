package io.holdfast.engine.time;

import java.time.Duration;

/** Runs tasks later. Thread-safe. */
public interface Timers {
    /**
     * Runs the task once after the delay, measured on a monotonic clock. A task runs on the timer's thread and must be short:
     * it hands real work to an executor.
     *
     * @param delay zero or negative means as soon as possible
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** A scheduled task that can be called off. */
    @FunctionalInterface
    interface Cancellable {
        /** Calls the task off; without effect when it has run already. */
        void cancel();
    }
}
