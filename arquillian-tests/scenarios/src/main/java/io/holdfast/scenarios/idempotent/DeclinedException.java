package io.holdfast.scenarios.idempotent;

/** A checked exception, after which a container commits. */
public class DeclinedException extends Exception {
    public DeclinedException(String message) {
        super(message);
    }
}
