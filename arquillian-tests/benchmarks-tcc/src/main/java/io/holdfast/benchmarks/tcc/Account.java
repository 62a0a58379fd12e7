package io.holdfast.benchmarks.tcc;

import io.holdfast.interceptors.tcc.Tcc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The customer's account: one of the two participants. */
@ApplicationScoped
public class Account {
    @Inject
    private Confirmations confirmations;

    @Tcc(confirm = "deduct", cancel = "unfreeze")
    public void freeze(long transfer, long amount) {
        // Nothing, like those of its peers.
    }

    public void deduct(long transfer, long amount) {
        confirmations.add(transfer);
    }

    public void unfreeze(long transfer, long amount) {
        throw new IllegalStateException("transfer " + transfer + " of " + amount + " was to be confirmed");
    }
}
