/** Internal: the bank's own counter. A payment between two of its accounts has TCC participants only, so that a refused confirm cancels it. */
@NullMarked
package io.holdfast.sample.counter;

import org.jspecify.annotations.NullMarked;
