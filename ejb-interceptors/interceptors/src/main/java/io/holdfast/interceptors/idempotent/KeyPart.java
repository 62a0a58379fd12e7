package io.holdfast.interceptors.idempotent;

import org.jspecify.annotations.Nullable;

/** One expression of a key, checked against its method. Immutable. */
interface KeyPart {
    /** Its value in a call; null when there is none. */
    @Nullable
    Object valueIn(@Nullable Object[] arguments, Surroundings surroundings) throws Exception;
}
