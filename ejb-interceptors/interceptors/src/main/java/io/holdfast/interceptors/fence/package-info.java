/**
 * API: the fence that a TCC participant calls before its own change, so that repeated, late, reordered and lost calls do no harm.
 * What is not public is internal.
 */
@NullMarked
package io.holdfast.interceptors.fence;

import org.jspecify.annotations.NullMarked;
