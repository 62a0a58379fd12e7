/** Internal: threads that do the same again and again, and how long it took. Depends on nothing, so that each measured system can have it. */
@org.jspecify.annotations.NullMarked
package io.holdfast.benchmarks.load;
