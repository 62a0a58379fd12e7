package io.holdfast.tests.tcc.lra;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds up who comes until the test lets them through. */
@ApplicationScoped
public class Turnstile {
    private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();

    private CountDownLatch latch(String key) {
        return latches.computeIfAbsent(key, any -> new CountDownLatch(1));
    }

    public void pass(String key) {
        try {
            if (!latch(key).await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Nobody lets " + key + " through");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void open(String key) {
        latch(key).countDown();
    }
}
