/** The benchmark: our coordinator beside Narayana's and a floor, see docs/performance.md. Internal. */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
