/** Tests of the store. */
@NullMarked
package io.holdfast.sample.store;

import org.jspecify.annotations.NullMarked;
