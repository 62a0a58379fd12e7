package io.holdfast.benchmarks.tcctransaction;

import java.util.concurrent.atomic.LongAdder;
import org.mengyun.tcctransaction.api.Compensable;

/** The customer's account: the participant with which the transaction begins. */
public class Account {
    static final LongAdder CONFIRMED = new LongAdder();

    private final Merchant merchant;

    /** @param merchant the proxy */
    public Account(Merchant merchant) {
        this.merchant = merchant;
    }

    /** For the proxy, which never uses its own fields. */
    protected Account() {
        this(new Merchant());
    }

    @Compensable(confirmMethod = "deduct", cancelMethod = "unfreeze")
    public void transfer(long transfer, long amount) {
        merchant.announce(transfer, amount);
    }

    public void deduct(long transfer, long amount) {
        CONFIRMED.increment();
    }

    public void unfreeze(long transfer, long amount) {
        throw new IllegalStateException("transfer " + transfer + " of " + amount + " was to be confirmed");
    }
}
