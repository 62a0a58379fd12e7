/** Tests on H2 in memory. */
@NullMarked
package io.holdfast.sample.common;

import org.jspecify.annotations.NullMarked;
