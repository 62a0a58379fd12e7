package io.holdfast.lra.runtime;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The LRA of the current thread. Set while a request is worked at, and reset before the next: a method that answers asynchronously leaves
 * its thread without a word.
 */
public final class ThreadContext {
    private static final ThreadLocal<@Nullable ActiveLra> ACTIVE = new ThreadLocal<>();

    private ThreadContext() {}

    public static Optional<ActiveLra> active() {
        return Optional.ofNullable(ACTIVE.get());
    }

    public static void enter(Optional<ActiveLra> lra) {
        lra.ifPresentOrElse(ACTIVE::set, ACTIVE::remove);
    }

    /** Only if the thread is still in it: answers may come from another request's thread. */
    @SuppressWarnings("ReferenceEquality") // Two requests in the same LRA have equal ones.
    public static void leave(Optional<ActiveLra> lra) {
        if (lra.isPresent() && lra.get() == ACTIVE.get()) {
            ACTIVE.remove();
        }
    }

    /** Works in another LRA, or in none, and restores the thread's. */
    public static <T> T callIn(Optional<ActiveLra> lra, Callable<T> work) throws Exception {
        Optional<ActiveLra> before = active();
        enter(lra);
        try {
            return work.call();
        } finally {
            enter(before);
        }
    }

    /** The same for work that has no result. */
    public static void runIn(Optional<ActiveLra> lra, Runnable work) {
        Optional<ActiveLra> before = active();
        enter(lra);
        try {
            work.run();
        } finally {
            enter(before);
        }
    }
}
