/** SPI: the clock and the timers, so that a simulation can own time; and an executor whose callers help. */
@NullMarked
package io.holdfast.engine.time;

import org.jspecify.annotations.NullMarked;
