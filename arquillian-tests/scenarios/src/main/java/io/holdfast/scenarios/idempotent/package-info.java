/** An application with {@code @Idempotent} methods, and what is expected of it on every server. */
@NullMarked
package io.holdfast.scenarios.idempotent;

import org.jspecify.annotations.NullMarked;
