package io.holdfast.rar;

import io.holdfast.engine.time.HelpingExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a calling thread waits for the engine, whose methods do not wait. An interrupt does not end the wait, since a half-known
 * outcome helps nobody; it is restored.
 */
record Patience(Duration limit) {
    /**
     * What the future brings.
     *
     * @throws OverException if it brings nothing in time; else what the future fails with
     */
    <T> T await(CompletableFuture<T> future) {
        long deadline = System.nanoTime() + limit.toNanos();
        HelpingExecutor.helpUntil(future);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException over) {
            throw new OverException(limit, over);
        } catch (ExecutionException failed) {
            throw asRuntime(failed.getCause() == null ? failed : failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException asRuntime(Throwable cause) {
        if (cause instanceof CompletionException wrapper && wrapper.getCause() != null) {
            return asRuntime(wrapper.getCause());
        }
        return cause instanceof RuntimeException expected ? expected : new CompletionException(cause);
    }

    /** The limit has passed; what was waited for may still happen. */
    static final class OverException extends RuntimeException {
        OverException(Duration limit, Throwable cause) {
            super("No answer within " + limit, cause);
        }
    }
}
