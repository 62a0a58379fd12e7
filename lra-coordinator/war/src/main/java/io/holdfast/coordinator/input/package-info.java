/** Internal: the bounds of everything that comes from outside, and which hosts are trusted. */
@NullMarked
package io.holdfast.coordinator.input;

import org.jspecify.annotations.NullMarked;
