package io.holdfast.benchmarks.tccfence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The business: a JTA transaction around one try, whose commit confirms it. */
@ApplicationScoped
public class Payments {
    private final AtomicLong last = new AtomicLong();

    @Transactional
    public void pay(Side side) {
        side.freeze(last.incrementAndGet(), ThreadLocalRandom.current().nextInt(Book.ACCOUNTS));
    }
}
