package io.holdfast.benchmarks.tcctransaction;

import java.util.concurrent.atomic.LongAdder;
import org.mengyun.tcctransaction.api.Compensable;

/** The merchant's account: the other participant. */
public class Merchant {
    static final LongAdder CONFIRMED = new LongAdder();

    @Compensable(confirmMethod = "credit", cancelMethod = "drop")
    public void announce(long transfer, long amount) {
        // Nothing.
    }

    public void credit(long transfer, long amount) {
        CONFIRMED.increment();
    }

    public void drop(long transfer, long amount) {
        throw new IllegalStateException("transfer " + transfer + " of " + amount + " was to be confirmed");
    }
}
