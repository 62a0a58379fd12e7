package io.holdfast.interceptors.tcc;

import jakarta.ejb.ApplicationException;

/**
 * Thrown by a confirm or cancel that cannot be done and never will be. Its transaction rolls back and it is not called again. The
 * participant has failed, and a person has to look at it; but the first confirm of a transaction with TCC participants alone has all of them
 * cancelled, this one too, as {@link Tcc} tells. Never for what is done already: a repetition is answered with success.
 */
@ApplicationException(rollback = true)
public class TccRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TccRefusedException(String message) {
        super(message);
    }
}
