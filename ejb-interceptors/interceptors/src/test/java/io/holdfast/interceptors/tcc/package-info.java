/** Tests of the TCC participants. */
@NullMarked
package io.holdfast.interceptors.tcc;

import org.jspecify.annotations.NullMarked;
