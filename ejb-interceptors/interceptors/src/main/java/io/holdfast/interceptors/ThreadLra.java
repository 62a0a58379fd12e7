package io.holdfast.interceptors;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Internal: the LRA of the current thread, in applications that have holdfast-lra; in others there is none. */
public final class ThreadLra {
    private static final boolean HAS_LIBRARY = hasLibrary();

    private ThreadLra() {}

    private static boolean hasLibrary() {
        try {
            Class.forName("io.holdfast.lra.runtime.ThreadContext", false, ThreadLra.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException withoutLra) {
            return false;
        }
    }

    /** Its id as the caller gave it, which need not be one. */
    public static Optional<String> id() {
        return HAS_LIBRARY ? Library.id() : Optional.empty();
    }

    /** Its id, unless it is decided and the thread works for a callback. */
    static Optional<String> undecided() {
        return HAS_LIBRARY ? Library.undecided() : Optional.empty();
    }

    /** Works in that LRA, where threads are in one at all. */
    static @Nullable Object callIn(NestedLra lra, Callable<@Nullable Object> work) throws Exception {
        return HAS_LIBRARY ? Library.callIn(lra, work) : work.call();
    }

    /** Refers to classes that may be missing. */
    private static final class Library {
        static @Nullable Object callIn(NestedLra lra, Callable<@Nullable Object> work) throws Exception {
            return ThreadContext.callIn(Optional.of(new ActiveLra(lra.id(), Optional.of(lra.parent()))), work);
        }

        static Optional<String> id() {
            return ThreadContext.active().map(ActiveLra::id);
        }

        static Optional<String> undecided() {
            return ThreadContext.active().filter(lra -> !lra.isEnding()).map(ActiveLra::id);
        }
    }
}
