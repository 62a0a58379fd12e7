package io.holdfast.scenarios.idempotent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds calls back until they are let through. Thread-safe. */
final class Gates {
    private static final long LONGEST_SECONDS = 30;
    private static final Map<String, Gate> CLOSED = new ConcurrentHashMap<>();

    private record Gate(CountDownLatch reached, CountDownLatch open) {}

    private Gates() {}

    static void close(String name) {
        CLOSED.put(name, new Gate(new CountDownLatch(1), new CountDownLatch(1)));
    }

    static void awaitReached(String name) {
        await(closed(name).reached(), name);
    }

    static void open(String name) {
        closed(name).open().countDown();
    }

    static void passThrough(String name) {
        Gate gate = CLOSED.get(name);
        if (gate != null) {
            gate.reached().countDown();
            await(gate.open(), name);
        }
    }

    private static Gate closed(String name) {
        Gate gate = CLOSED.get(name);
        if (gate == null) {
            throw new IllegalArgumentException("there is no gate " + name);
        }
        return gate;
    }

    private static void await(CountDownLatch latch, String name) {
        try {
            if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing happened at the gate " + name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
