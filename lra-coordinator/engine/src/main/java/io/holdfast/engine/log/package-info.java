/** SPI: the durable log of events, {@link io.holdfast.engine.log.TransactionLog}, and its implementation on files. */
@NullMarked
package io.holdfast.engine.log;

import org.jspecify.annotations.NullMarked;
