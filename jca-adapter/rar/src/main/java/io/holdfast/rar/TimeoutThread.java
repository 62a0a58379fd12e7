package io.holdfast.rar;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JVM's one thread behind {@link CompletableFuture#orTimeout}. It begins at the first use and never ends, and its inherited access
 * control context keeps the class loader of everybody who was on the stack then.
 */
final class TimeoutThread {
    private static final long PATIENCE_SECONDS = 1;

    private TimeoutThread() {}

    /** Has a thread of the JDK begin it, with classes of the JDK only on the stack, unless it has begun. */
    static void begin() {
        ForkJoinPool pool = ForkJoinPool.commonPool();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> begun =
                first.thenRunAsync(() -> {}, CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS, pool));
        first.completeAsync(() -> null, pool);
        try {
            begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException poolWithoutThreads) {
            System.getLogger(TimeoutThread.class.getName())
                    .log(System.Logger.Level.DEBUG, "No thread of the common pool", poolWithoutThreads);
        }
    }
}
