/**
 * Internal: the client of LRA coordinators, of Holdfast's and of Narayana's. It blocks the calling thread, for a bounded time, and knows
 * nothing of annotations.
 */
@NullMarked
package io.holdfast.lra.client;

import org.jspecify.annotations.NullMarked;
