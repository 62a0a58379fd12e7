/** Internal: what an operator sees of the coordinator and can tell it. */
@NullMarked
package io.holdfast.coordinator.operations;

import org.jspecify.annotations.NullMarked;
