/**
 * Internal: what a call of a resource method does with LRAs, before and after it. Knows no server: {@code io.holdfast.lra.rest} and {@code
 * io.holdfast.lra.cdi} bring it requests and beans.
 */
@NullMarked
package io.holdfast.lra.runtime;

import org.jspecify.annotations.NullMarked;
