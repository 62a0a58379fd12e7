package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The LRA of a {@link GlobalTransaction}, which goes with calls of its thread and of threads that work for it without being in it. Immutable.
 */
final class TravellingLra {
    private static final ThreadLocal<@Nullable Arrived> ARRIVED = new ThreadLocal<>();
    private static final String SWITCH = "holdfast.propagation.";

    private final Optional<String> id;

    /** What a thread works for, and what it did before; the same can begin within itself, and in several threads. */
    private record Arrived(TravellingLra lra, @Nullable Arrived before) {}

    private TravellingLra(Optional<String> id) {
        this.id = id;
    }

    /** The system property {@code holdfast.propagation.http} is not {@code false}. */
    static boolean goesByHttp() {
        return isOn("http");
    }

    /** The system property {@code holdfast.propagation.tasks} is not {@code false}. */
    static boolean goesToOtherThreads() {
        return isOn("tasks");
    }

    private static boolean isOn(String wire) {
        return !"false".equalsIgnoreCase(System.getProperty(SWITCH + wire));
    }

    static TravellingLra none() {
        return new TravellingLra(Optional.empty());
    }

    /** For work that is given to another thread; starts the LRA, as a call does. */
    static TravellingLra ofCaller(Directory jndi) {
        return new TravellingLra(goesByHttp() && goesToOtherThreads() ? find(jndi) : Optional.empty());
    }

    Optional<String> id() {
        return id;
    }

    /** This thread does the work now. */
    void begin() {
        ARRIVED.set(new Arrived(this, ARRIVED.get()));
    }

    /**
     * This thread has done it, and is where it was before it began it last: also what was begun within it is over, since clients may tell another
     * thread of the end of that. Nothing where it was not begun.
     */
    @SuppressWarnings("ReferenceEquality") // Of each work that is given away there is one.
    void end() {
        for (Arrived each = ARRIVED.get(); each != null; each = each.before()) {
            if (each.lra() == this) {
                set(each.before());
                return;
            }
        }
    }

    private static void set(@Nullable Arrived arrived) {
        if (arrived == null) {
            ARRIVED.remove();
        } else {
            ARRIVED.set(arrived);
        }
    }

    /**
     * The LRA of this thread's global transaction, else of the one that it works for. The first call in a transaction starts it.
     *
     * @throws io.holdfast.api.HoldfastException when it cannot be started
     */
    static Optional<String> find(Directory jndi) {
        Optional<String> own = JtaTransaction.find(jndi)
                .flatMap(JtaTransaction::propagatedTimeLimit)
                .map(limit -> lra(jndi, limit));
        Arrived arrived = ARRIVED.get();
        return own.isEmpty() && arrived != null ? arrived.lra().id : own;
    }

    private static String lra(Directory jndi, Duration limit) {
        try (HoldfastConnection connection = ConnectionFactories.find(jndi).getConnection()) {
            return (limit.isZero() ? connection.lra() : connection.lra(limit)).toString();
        }
    }
}
