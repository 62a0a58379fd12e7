/** JTA transactions in one JVM, with Narayana as their manager and with various resources. */
@NullMarked
package io.holdfast.benchmarks.transactions;

import org.jspecify.annotations.NullMarked;
