package io.holdfast.benchmarks.transactions;

/** What one thread does again and again. Confined to it. */
interface Work {
    void once() throws Exception;
}
