/** Internal: what the sample's services share. */
@NullMarked
package io.holdfast.sample.common;

import org.jspecify.annotations.NullMarked;
