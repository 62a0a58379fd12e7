package io.holdfast.tests.tcc.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tries that last until the test lets them end. */
final class LongTries {
    private static final long LONGEST_SECONDS = 100;
    private static final Map<String, CountDownLatch> ENDS = new ConcurrentHashMap<>();

    private LongTries() {}

    static void end(String key) {
        of(key).countDown();
    }

    static void awaitEnd(String key) {
        try {
            if (!of(key).await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody ends the try of " + key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static CountDownLatch of(String key) {
        return ENDS.computeIfAbsent(key, any -> new CountDownLatch(1));
    }
}
