package io.holdfast.benchmarks.tcc;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The merchant's account: the other participant. */
@ApplicationScoped
public class Merchant {
    @Inject
    private Confirmations confirmations;

    @Tcc(confirm = "credit", cancel = "drop")
    public void announce(long transfer, long amount) {
        // Nothing, like those of its peers.
    }

    public void credit(long transfer, long amount) {
        confirmations.add(transfer);
    }

    public void drop(long transfer, long amount) {
        throw new IllegalStateException("transfer " + transfer + " of " + amount + " was to be confirmed");
    }
}
