/** Tests of the counter. */
@NullMarked
package io.holdfast.sample.counter;

import org.jspecify.annotations.NullMarked;
