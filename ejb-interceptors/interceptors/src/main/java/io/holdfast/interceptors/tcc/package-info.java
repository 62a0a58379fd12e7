/** API: {@link io.holdfast.interceptors.tcc.Tcc} and what goes with it; what is not public is internal. */
@NullMarked
package io.holdfast.interceptors.tcc;

import org.jspecify.annotations.NullMarked;
