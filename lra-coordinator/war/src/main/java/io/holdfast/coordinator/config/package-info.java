/** Internal: the configuration, checked at deployment. */
@NullMarked
package io.holdfast.coordinator.config;

import org.jspecify.annotations.NullMarked;
