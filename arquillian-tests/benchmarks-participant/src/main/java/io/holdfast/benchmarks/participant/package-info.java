/** An LRA participant that does nothing: what the library around it costs. */
@NullMarked
package io.holdfast.benchmarks.participant;

import org.jspecify.annotations.NullMarked;
