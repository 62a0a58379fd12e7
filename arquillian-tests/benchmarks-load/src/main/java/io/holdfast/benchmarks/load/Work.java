package io.holdfast.benchmarks.load;

/** What one thread does again and again. Confined to it. */
public interface Work {
    void once() throws Exception;
}
