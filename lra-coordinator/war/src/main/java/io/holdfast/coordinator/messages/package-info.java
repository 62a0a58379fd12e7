/** Internal: the numbered log messages. */
@NullMarked
package io.holdfast.coordinator.messages;

import org.jspecify.annotations.NullMarked;
