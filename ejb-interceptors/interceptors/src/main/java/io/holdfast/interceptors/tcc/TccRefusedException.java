package io.holdfast.interceptors.tcc;

import jakarta.ejb.ApplicationException;

/**
 * Thrown by a confirm or cancel that cannot be done and never will be. Its transaction rolls back, it is not called again, and the
 * participant has failed: a person has to look at it.
 */
@ApplicationException(rollback = true)
public class TccRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TccRefusedException(String message) {
        super(message);
    }
}
