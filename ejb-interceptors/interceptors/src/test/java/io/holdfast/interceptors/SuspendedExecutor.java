package io.holdfast.interceptors;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Drops runs whose time comes while the server is suspended, as WildFly's managed executors do. Thread-safe. */
public final class SuspendedExecutor extends ScheduledThreadPoolExecutor {
    private final AtomicInteger left;

    /** @param dropped how many runs are dropped, the first ones */
    public SuspendedExecutor(int dropped) {
        super(2);
        left = new AtomicInteger(dropped);
    }

    /** How many are still to be dropped. */
    public int left() {
        return left.get();
    }

    /** Until it has nothing to do any more, now or later. */
    public void awaitEmpty() {
        long begun = System.nanoTime();
        while (getActiveCount() > 0 || !getQueue().isEmpty()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(60)) {
                throw new AssertionError("still there: " + getQueue());
            }
            Thread.onSpinWait();
        }
    }

    private Runnable controlled(Runnable task) {
        return () -> {
            if (left.getAndUpdate(dropped -> Math.max(0, dropped - 1)) == 0) {
                task.run();
            }
        };
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(controlled(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(controlled(task), first, delay, unit);
    }
}
