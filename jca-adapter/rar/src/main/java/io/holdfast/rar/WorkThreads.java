package io.holdfast.rar;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the adapter's tasks on a fixed number of threads, which the server's work manager gives and, where it refuses, the adapter
 * makes itself. They are taken once: a commit never waits for a thread that other work holds. No task is discarded; how many wait is
 * bounded by the number of live branches. Thread-safe.
 *
 * <p>Tasks that come after the close are run too, each on a thread of its own: they are mostly those of a {@link java.net.http.HttpClient}
 * whose calls were under way. Its selector thread ends only after all calls, and as long as it lives it keeps the class loader.
 */
final class WorkThreads implements Executor, AutoCloseable {
    private static final Runnable STOP = new Stop();
    private static final long START_MILLIS = 1000;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final int threads;
    private volatile boolean closed;

    /** @param manager null outside a server */
    WorkThreads(@Nullable WorkManager manager, int threads) {
        this.threads = threads;
        for (int i = 0; i < threads; i++) {
            if (manager == null || !lent(manager)) {
                startOwn();
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (!closed) {
                tasks.add(task);
                return;
            }
        }
        start(() -> run(task));
    }

    /** Runs what waits already, then gives the threads back. */
    @Override
    public synchronized void close() {
        closed = true;
        for (int i = 0; i < threads; i++) {
            tasks.add(STOP);
        }
    }

    private boolean lent(WorkManager manager) {
        try {
            manager.startWork(new Loop(), START_MILLIS, null, null);
            return true;
        } catch (WorkException refused) {
            AdapterMessage.WORK_REFUSED.log(refused.toString());
            return false;
        }
    }

    private void startOwn() {
        start(new Loop());
    }

    private static void start(Runnable content) {
        Thread thread = new Thread(content, "holdfast-adapter");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failed) {
            AdapterMessage.TASK_FAILED.log(failed);
        }
    }

    /** Ends the loop that takes it. */
    private static final class Stop implements Runnable {
        @Override
        public void run() {
            throw new UnsupportedOperationException("Taken as a sign, never run");
        }
    }

    private final class Loop implements Work {
        private volatile boolean released;

        @Override
        public void run() {
            while (!released) {
                try {
                    Runnable task = tasks.take();
                    if (task == STOP) {
                        return;
                    }
                    WorkThreads.run(task);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    released = true;
                }
            }
            if (!closed) {
                startOwn();
            }
        }

        /** The server takes its thread back, which ends the loop after the next task; one of the adapter's own goes on. */
        @Override
        public void release() {
            released = true;
            tasks.add(() -> {});
        }
    }
}
