/** Internal: the words of LRA, its ids and its statuses; the only place where they are mapped from the engine's. */
@NullMarked
package io.holdfast.coordinator.lra;

import org.jspecify.annotations.NullMarked;
