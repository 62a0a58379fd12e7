package io.holdfast.benchmarks;

/** What one round of a workload came to. */
record Figure(String workload, String metric, String unit, double value) {}
