package io.holdfast.engine.delivery;

/**
 * Whether an endpoint is taken for living. Some calls in a row without any answer open the circuit; the first answer closes it, and
 * from then on each answer allows one more call at a time. Confined to its endpoint's lock.
 */
final class Circuit {
    private static final int FAILURES_TO_OPEN = 5;

    private final int maxCalls;
    private int allowed;
    private int failures;
    private int failedProbes;

    Circuit(int maxCalls) {
        this.maxCalls = maxCalls;
        this.allowed = maxCalls;
    }

    boolean isOpen() {
        return failures >= FAILURES_TO_OPEN;
    }

    /** How many calls may be under way while it is closed. */
    int allowed() {
        return allowed;
    }

    /** How many attempts to find it living have failed, at least 1 when it is open. */
    int failedAttempts() {
        return failedProbes + 1;
    }

    int failuresInARow() {
        return failures;
    }

    /** @return whether this has closed it */
    boolean answered() {
        boolean closed = isOpen();
        allowed = closed ? 1 : Math.min(maxCalls, allowed + 1);
        failures = 0;
        failedProbes = 0;
        return closed;
    }

    /** @return whether this has opened it */
    boolean unanswered(boolean wasProbe) {
        if (isOpen()) {
            failedProbes += wasProbe ? 1 : 0;
            return false;
        }
        failures++;
        return isOpen();
    }
}
