package io.holdfast.rar;

import java.util.function.Consumer;

/** Threads that may block for as long as a bean takes. Thread-safe. */
@FunctionalInterface
interface BeanThreads {
    /**
     * Runs the task on a thread of its own and returns at once.
     *
     * @param refused told instead, when there is no thread for it
     */
    void execute(Runnable task, Consumer<Exception> refused);
}
