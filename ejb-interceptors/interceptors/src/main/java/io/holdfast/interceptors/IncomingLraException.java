package io.holdfast.interceptors;

import io.holdfast.api.HoldfastException;

/** A {@link GlobalTransaction} method was called by a request that already belongs to an LRA; nothing was done. */
public final class IncomingLraException extends HoldfastException {
    IncomingLraException(String message) {
        super(message);
    }
}
