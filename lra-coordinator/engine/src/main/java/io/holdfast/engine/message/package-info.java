/** Internal: the numbered messages of the engine. */
@NullMarked
package io.holdfast.engine.message;

import org.jspecify.annotations.NullMarked;
