/** Seata's TCC as the workload {@code tcc} measures it: its server and its client, each in a JVM of its own. Internal. */
@NullMarked
package io.holdfast.benchmarks.seata;

import org.jspecify.annotations.NullMarked;
