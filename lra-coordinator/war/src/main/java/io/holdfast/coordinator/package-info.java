/** Internal: the LRA coordinator as an application. {@link io.holdfast.coordinator.Lras} says what can be done with an LRA. */
@NullMarked
package io.holdfast.coordinator;

import org.jspecify.annotations.NullMarked;
