/** Internal: takes a thread's LRA to tasks of the server's executors. */
@NullMarked
package io.holdfast.lra.concurrent;

import org.jspecify.annotations.NullMarked;
