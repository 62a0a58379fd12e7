package io.holdfast.lra.runtime;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Timers on a daemon thread that is there only while something waits. It is none of the server's: those who end transactions may have no application, in whose
 * name a managed executor could be found or asked, and what is done here needs nothing of one.
 */
final class OwnThread implements Timers {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor executor;

    OwnThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(OwnThread.class.getClassLoader());
            return thread;
        });
        executor.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
