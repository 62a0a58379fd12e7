package io.holdfast.benchmarks.tccfence;

/** An account's bean, whose transaction decides about what it has frozen. */
interface Side {
    /** The try. */
    void freeze(long payment, int account);
}
