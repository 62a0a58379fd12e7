/** API: {@link io.holdfast.lra.ejb.LraClientInterceptor}, for calls of remote session beans on WildFly. */
@NullMarked
package io.holdfast.lra.ejb;

import org.jspecify.annotations.NullMarked;
