/** tcc-transaction as the workload {@code tcc} measures it, on its JDBC and on its RocksDB store. Internal. */
@NullMarked
package io.holdfast.benchmarks.tcctransaction;

import org.jspecify.annotations.NullMarked;
