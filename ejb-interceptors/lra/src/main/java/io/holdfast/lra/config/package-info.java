/** Internal: the properties of the participants' library, and where they come from. */
@NullMarked
package io.holdfast.lra.config;

import org.jspecify.annotations.NullMarked;
