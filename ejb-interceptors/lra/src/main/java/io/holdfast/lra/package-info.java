/**
 * API: LRA participants on any Jakarta EE server. Applications annotate their classes as MicroProfile LRA 2.0 has it and need nothing
 * from here, except for what the specification has no API for: {@link io.holdfast.lra.LongRunningActions}, {@link
 * io.holdfast.lra.LraParticipantData} and {@link io.holdfast.lra.LraMessages}.
 */
@NullMarked
package io.holdfast.lra;

import org.jspecify.annotations.NullMarked;
