package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.UnknownParticipantException;
import io.holdfast.coordinator.input.HostNotAllowedException;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.UnknownLraException;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.coordinator.operations.AdapterFailedException;
import io.holdfast.coordinator.operations.NotPossibleException;
import io.holdfast.coordinator.operations.UnknownAdapterException;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.TooManyParticipantsException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.log.LogFailedException;
import io.holdfast.engine.state.TransactionState;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** What a request that failed is answered: the only place where failures become HTTP statuses. */
final class Failures {
    private Failures() {}

    static Reply toReply(Throwable failure, Exchange exchange) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RefusedException refused) {
            return refused(refused, exchange);
        }
        int status = statusOf(cause);
        if (status >= 500) {
            CoordinatorMessage.REQUEST_FAILED.log(cause, exchange, status, cause);
        }
        return exchange.reply(status, "error", text(cause, status, exchange));
    }

    private static String text(Throwable cause, int status, Exchange exchange) {
        if (cause instanceof UnknownTransactionException) {
            return "There is no such LRA (it never was, or it has ended and was forgotten): " + exchange;
        }
        return status == 500 ? "The coordinator failed; its log has the details" : String.valueOf(cause.getMessage());
    }

    static int statusOf(Throwable cause) {
        if (cause instanceof NotPossibleException) {
            return 412;
        } else if (cause instanceof InvalidInputException || cause instanceof UnknownParticipantException) {
            return 400;
        } else if (cause instanceof HostNotAllowedException) {
            return 403;
        } else if (cause instanceof UnknownTransactionException
                || cause instanceof UnknownLraException
                || cause instanceof UnknownAdapterException) {
            return 404;
        } else if (cause instanceof TooManyParticipantsException) {
            return 413;
        } else if (cause instanceof LogFailedException
                || cause instanceof LogSilentException
                || cause instanceof UncheckedIOException
                || cause instanceof AdapterFailedException
                || cause instanceof RejectedExecutionException) {
            return 503;
        } else {
            return 500;
        }
    }

    private static Reply refused(RefusedException refused, Exchange exchange) {
        Lra lra = Lra.of(refused.transaction());
        String held = refused.transaction().state() == TransactionState.PREPARED ? " and held" : "";
        String is = "The LRA " + lra.id() + " is " + lra.status().word() + held;
        String text =
                switch (refused.refusal()) {
                    case WRONG_OWNER -> "The " + Headers.OWNER + " token is not the one that owns the LRA " + lra.id();
                    case UNKNOWN_PARTICIPANT -> "The LRA " + lra.id() + " has no such participant";
                    case ADDRESS_TAKEN -> "The LRA " + lra.id() + " has another participant with these links";
                    case HELD -> is + ": only its owner ends it";
                    case DECIDED_OTHERWISE -> is;
                    case NOT_FAILED -> is + ", and nobody has to resolve it: the LRA around it has not ended";
                    case ANSWERED -> is + ", and the participant has answered";
                    case NOT_ACTIVE, NOT_PREPARED, NOT_BEING_TOLD -> is + ", which does not allow that";
                    case NOT_ENDED -> is + " and has not ended";
                };
        return exchange.reply(statusOf(refused, exchange.showsToken()), "error", text);
    }

    /**
     * Who closes what was cancelled and has ended, or the other way round, is told 404 unless it shows an owner's token: stock clients
     * end LRAs that others may have ended and take 404 for that, 412 for an error.
     */
    static int statusOf(RefusedException refused, boolean showsToken) {
        return switch (refused.refusal()) {
            case WRONG_OWNER -> 403;
            case UNKNOWN_PARTICIPANT -> 400;
            case ADDRESS_TAKEN -> 409;
            case DECIDED_OTHERWISE -> refused.transaction().state().isFinal() && !showsToken ? 404 : 412;
            case HELD, NOT_ACTIVE, NOT_PREPARED, NOT_ENDED, NOT_FAILED, NOT_BEING_TOLD, ANSWERED -> 412;
        };
    }
}
