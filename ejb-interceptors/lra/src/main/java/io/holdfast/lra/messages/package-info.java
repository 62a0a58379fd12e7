/** Internal: the numbered messages of the participants' library. */
@NullMarked
package io.holdfast.lra.messages;

import org.jspecify.annotations.NullMarked;
