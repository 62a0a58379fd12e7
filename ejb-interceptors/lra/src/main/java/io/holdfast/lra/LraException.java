package io.holdfast.lra;

import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.CoordinatorUnreachableException;
import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.MalformedAnswerException;
import io.holdfast.lra.client.RefusedException;
import io.holdfast.lra.client.UnknownLraException;

/** What was wanted of an LRA has not been done, or nobody knows. The message begins with its number, which docs/messages.md explains. */
public class LraException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The id is not one, or the coordinator does not know the LRA: it never was, or has ended and was forgotten. */
        UNKNOWN_LRA,
        /** The coordinator refuses: the LRA is ending, has ended the other way, or may not be ended by everybody. */
        REFUSED,
        /** The LRA is at a coordinator that is not trusted; it was not called. */
        UNTRUSTED,
        /** No coordinator could be connected; nothing was done. */
        NOT_REACHED,
        /** There was no answer, or none that makes sense: whether it was done is not known. Closing and cancelling may be repeated. */
        UNCERTAIN
    }

    LraException(CoordinatorException cause) {
        super(cause.line(), cause);
        this.reason = reason(cause);
    }

    /**
     * For a bean's method that did not run in its LRA, or did not leave it as it should.
     *
     * @param message numbered
     */
    public LraException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    private static Reason reason(CoordinatorException cause) {
        if (cause instanceof CoordinatorUnreachableException unreachable) {
            return unreachable.mayHaveBeenDone() ? Reason.UNCERTAIN : Reason.NOT_REACHED;
        }
        if (cause instanceof MalformedAnswerException) {
            return Reason.UNCERTAIN;
        }
        if (cause instanceof RefusedException) {
            return Reason.REFUSED;
        }
        return cause instanceof UnknownLraException || cause instanceof InvalidLraIdException
                ? Reason.UNKNOWN_LRA
                : Reason.UNTRUSTED;
    }

    public Reason reason() {
        return reason;
    }
}
