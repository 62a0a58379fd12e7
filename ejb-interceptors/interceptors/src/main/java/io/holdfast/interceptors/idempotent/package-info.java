/** API: {@link io.holdfast.interceptors.idempotent.Idempotent}, its tables and its exceptions; what is not public is internal. */
@NullMarked
package io.holdfast.interceptors.idempotent;

import org.jspecify.annotations.NullMarked;
