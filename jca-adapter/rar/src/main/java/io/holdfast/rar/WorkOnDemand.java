package io.holdfast.rar;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs each task as a work of the server's; where there is no work manager, on a thread of its own. Thread-safe. */
final class WorkOnDemand implements BeanThreads {
    private static final long START_MILLIS = 10_000;

    private final @Nullable WorkManager manager;

    /** @param manager null outside a server */
    WorkOnDemand(@Nullable WorkManager manager) {
        this.manager = manager;
    }

    @Override
    public void execute(Runnable task, Consumer<Exception> refused) {
        WorkManager server = manager;
        if (server == null) {
            Thread thread = new Thread(task, "holdfast-adapter-bean");
            thread.setDaemon(true);
            thread.start();
            return;
        }
        Task work = new Task(task, refused);
        try {
            server.scheduleWork(work, START_MILLIS, null, work);
        } catch (WorkException | RuntimeException rejected) {
            work.refuse(rejected);
        }
    }

    /** The server may refuse by an exception, later by an event, or by both. */
    private static final class Task extends WorkAdapter implements Work {
        private final Runnable task;
        private final Consumer<Exception> refused;
        private boolean begun;

        Task(Runnable task, Consumer<Exception> refused) {
            this.task = task;
            this.refused = refused;
        }

        private synchronized boolean begin() {
            boolean first = !begun;
            begun = true;
            return first;
        }

        void refuse(Exception cause) {
            if (begin()) {
                refused.accept(cause);
            }
        }

        @Override
        public void workRejected(WorkEvent event) {
            refuse(event.getException());
        }

        @Override
        public void run() {
            if (begin()) {
                task.run();
            }
        }

        /** It ends by itself. */
        @Override
        public void release() {}
    }
}
