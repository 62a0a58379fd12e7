/** Internal: how LRA participants are registered and told, over HTTP. */
@NullMarked
package io.holdfast.coordinator.participant;

import org.jspecify.annotations.NullMarked;
