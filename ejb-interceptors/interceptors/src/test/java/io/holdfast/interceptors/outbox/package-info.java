/** Tests. */
@NullMarked
package io.holdfast.interceptors.outbox;

import org.jspecify.annotations.NullMarked;
