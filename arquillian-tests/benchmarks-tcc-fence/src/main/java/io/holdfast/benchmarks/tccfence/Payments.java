package io.holdfast.benchmarks.tccfence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.concurrent.ThreadLocalRandom;

/** The business: a JTA transaction around one try, whose commit confirms it. */
@ApplicationScoped
public class Payments {
    @Transactional
    public void pay(Side side) {
        side.freeze(ThreadLocalRandom.current().nextInt(Book.ACCOUNTS));
    }
}
