package io.holdfast.sample.shop;

import jakarta.ejb.ApplicationException;

/** The business cannot be done, however often it is tried. */
@ApplicationException(rollback = true)
public class NotDebitedException extends RuntimeException {
    public NotDebitedException(String message) {
        super(message);
    }
}
