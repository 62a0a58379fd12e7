package io.holdfast.benchmarks.tcc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** The business: a JTA transaction around two tries, whose commit confirms both. */
@ApplicationScoped
public class Transfers {
    private static final long AMOUNT = 42;

    @Inject
    private Account account;

    @Inject
    private Merchant merchant;

    @Transactional
    public void transfer(long transfer) {
        account.freeze(transfer, AMOUNT);
        merchant.announce(transfer, AMOUNT);
    }
}
