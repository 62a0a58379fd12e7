/** The floor of the benchmark: a coordinator that only exchanges the messages. Internal. */
@NullMarked
package io.holdfast.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
