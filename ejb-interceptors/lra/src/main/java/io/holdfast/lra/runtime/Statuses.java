package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.CoordinatorUnreachableException;
import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.MalformedAnswerException;
import io.holdfast.lra.client.RefusedException;
import io.holdfast.lra.client.UnknownLraException;
import io.holdfast.lra.client.UntrustedCoordinatorException;
import java.util.Set;

/** What callers are answered when a method cannot run in its LRA (MicroProfile LRA 2.0, "Starting and Ending LRAs"). */
final class Statuses {
    static final int PRECONDITION_FAILED = 412;
    static final int GONE = 410;
    static final int BAD_GATEWAY = 502;
    static final int UNAVAILABLE = 503;

    /**
     * What coordinators say of an LRA or of who wants to join it; Narayana's says 503 where the LRA is ending. Anything else is said by
     * somebody between, or by a coordinator that fails.
     */
    private static final Set<Integer> ABOUT_THE_LRA = Set.of(400, 403, 409, PRECONDITION_FAILED, 417, UNAVAILABLE);

    private Statuses() {}

    /** For an LRA that was to be joined, left or asked for. */
    static int ofJoining(CoordinatorException failure) {
        return failure instanceof RefusedException refused && ABOUT_THE_LRA.contains(refused.status())
                ? PRECONDITION_FAILED
                : of(failure);
    }

    /** For an LRA that was to be started or ended. */
    static int of(CoordinatorException failure) {
        if (failure instanceof UnknownLraException || failure instanceof InvalidLraIdException) {
            return GONE;
        }
        if (failure instanceof UntrustedCoordinatorException) {
            return PRECONDITION_FAILED;
        }
        if (failure instanceof CoordinatorUnreachableException) {
            return UNAVAILABLE;
        }
        if (failure instanceof RefusedException || failure instanceof MalformedAnswerException) {
            return BAD_GATEWAY;
        }
        throw new IllegalStateException("unexpected " + failure.getClass(), failure);
    }
}
