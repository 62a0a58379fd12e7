package io.holdfast.sample.bank;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a transfer can be made to wait, so that a demonstration can pull the plug at an exact moment. Thread-safe. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Gate {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    public void await(String transfer) {
        CountDownLatch latch = new CountDownLatch(1);
        if (waiting.putIfAbsent(transfer, latch) != null) {
            throw new RefusedException(Reason.CONFLICT, "Transfer " + transfer + " is waiting already");
        }
        try {
            if (!latch.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RefusedException(
                        Reason.CONFLICT,
                        "Nobody said go to transfer " + transfer + " within " + LONGEST_WAIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Reason.UNAVAILABLE, "The wait of transfer " + transfer + " was interrupted", e);
        } finally {
            waiting.remove(transfer, latch);
        }
    }

    /** False when no such transfer waits. */
    public boolean go(String transfer) {
        CountDownLatch latch = waiting.get(transfer);
        if (latch == null) {
            return false;
        }
        latch.countDown();
        return true;
    }

    public Set<String> waiting() {
        return new TreeSet<>(waiting.keySet());
    }
}
