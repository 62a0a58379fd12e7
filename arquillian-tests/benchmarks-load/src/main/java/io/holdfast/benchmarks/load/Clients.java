package io.holdfast.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Threads that do the same at the same time. */
public final class Clients {
    private Clients() {}

    /** Runs the work once in each of so many threads; fails when one fails. */
    public static <T> List<T> all(int clients, Callable<T> work) throws InterruptedException {
        return all(Executors.defaultThreadFactory(), clients, work);
    }

    /** The same in threads of that factory. */
    public static <T> List<T> all(ThreadFactory factory, int clients, Callable<T> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients, factory);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(Collections.nCopies(clients, work))) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
