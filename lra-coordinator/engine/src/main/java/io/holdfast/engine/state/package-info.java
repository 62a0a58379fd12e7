/**
 * API: the state machine. Immutable values and two pure functions, {@code decide(state, command) -> events + effects} and
 * {@code apply(state, event) -> state}; nothing here reads a clock, a disk or a network.
 */
@NullMarked
package io.holdfast.engine.state;

import org.jspecify.annotations.NullMarked;
