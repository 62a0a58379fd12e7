package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorClient;
import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.client.RefusedException;
import io.holdfast.lra.client.UnknownLraException;
import org.eclipse.microprofile.lra.annotation.LRAStatus;

/**
 * How an LRA is to end.
 *
 * @param ending close or cancel
 * @param method after which
 */
record End(LraId lra, Ending ending, String method) {
    /** What became of the LRA. */
    enum Outcome {
        ENDED,
        ENDED_OTHERWISE,
        /** It has ended before and is forgotten, whichever way. */
        FORGOTTEN
    }

    /** The last word of a coordinator. */
    record Answer(Outcome outcome, String text) {}

    /** @throws CoordinatorException if there is none: then nobody knows whether the LRA has ended */
    Answer tell(CoordinatorClient coordinator) throws CoordinatorException {
        try {
            LRAStatus reached = ending == Ending.CLOSE ? coordinator.close(lra) : coordinator.cancel(lra);
            return new Answer(isOtherwise(reached) ? Outcome.ENDED_OTHERWISE : Outcome.ENDED, reached.name());
        } catch (UnknownLraException forgotten) {
            return new Answer(Outcome.FORGOTTEN, forgotten.line());
        } catch (RefusedException refused) {
            if (refused.status() != Statuses.PRECONDITION_FAILED) {
                throw refused;
            }
            return new Answer(Outcome.ENDED_OTHERWISE, refused.line());
        }
    }

    private boolean isOtherwise(LRAStatus reached) {
        return switch (reached) {
            case Cancelled, Cancelling, FailedToCancel -> ending == Ending.CLOSE;
            case Closed, Closing, FailedToClose -> ending == Ending.CANCEL;
            case Active -> false;
        };
    }
}
