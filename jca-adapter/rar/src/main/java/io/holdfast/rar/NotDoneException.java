package io.holdfast.rar;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An operation was refused, and nothing has been done; the message says why, with its number. */
final class NotDoneException extends RuntimeException {
    private final RuntimeException standard;

    private NotDoneException(String message, RuntimeException standard) {
        super(message, standard);
        this.standard = standard;
    }

    static NotDoneException badArgument(String message) {
        return new NotDoneException(message, new IllegalArgumentException(message));
    }

    /** The branch is not in a state for it. */
    static NotDoneException refused(String message) {
        return new NotDoneException(message, new IllegalStateException(message));
    }

    static NotDoneException notNoted(String message, IOException cause) {
        return new NotDoneException(message, new UncheckedIOException(message, cause));
    }

    /** The same in a class of Java's own, for who called from outside and may not have this one. */
    RuntimeException standard() {
        return standard;
    }
}
