/** SPI: how a decision reaches the participants, {@link io.holdfast.engine.delivery.ParticipantDriver}; queues and delays. */
@NullMarked
package io.holdfast.engine.delivery;

import org.jspecify.annotations.NullMarked;
