/** API: {@link io.holdfast.engine.Coordinator}, the facade of the engine, and what it is opened with. */
@NullMarked
package io.holdfast.engine;

import org.jspecify.annotations.NullMarked;
