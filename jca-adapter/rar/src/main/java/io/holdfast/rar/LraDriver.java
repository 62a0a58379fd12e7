package io.holdfast.rar;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes a branch's outcome to its LRA: prepare is hold, confirm is close, cancel is cancel. With a coordinator that is not Holdfast's
 * there is no hold: prepare asks whether the LRA is still active, and what happens between that and the close is found at the close.
 * Thread-safe.
 */
final class LraDriver implements ParticipantDriver {
    private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> CANCELS = Set.of("Cancelling", "Cancelled", "FailedToCancel");

    private final LraClient client;
    private final Duration holdTimeout;
    private final Duration startTimeout;
    private final Duration limit;
    private final Listener listener;

    /** Hears what the engine does not keep. Thread-safe, and must not block. */
    interface Listener {
        /** The LRA of an intent was found by asking again. The future completes when the log names it. */
        CompletableFuture<?> found(TransactionId transaction, ParticipantId participant, LraAddress address);

        /** The LRA was not held. */
        void notHeld(TransactionId transaction, String cause);
    }

    LraDriver(LraClient client, AdapterSettings settings, Listener listener) {
        this.client = client;
        this.holdTimeout = settings.holdTimeout();
        this.startTimeout = settings.startTimeout();
        this.limit = settings.lraTimeLimit();
        this.listener = listener;
    }

    @Override
    public String endpointOf(Participant participant) {
        return LraAddress.decode(participant.address()).coordinator().toString();
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        LraAddress address = LraAddress.decode(call.participant().address());
        if (address.kind() == LraAddress.Kind.CLOSED_EMPTY && call.instruction() != Instruction.PREPARE) {
            return done(new Answer.Done());
        }
        return switch (call.instruction()) {
            case PREPARE -> prepare(call, address);
            case CONFIRM -> confirm(call.participant(), address);
            case CANCEL -> cancel(call, address);
            case FORGET, OUTCOME ->
                throw new IllegalArgumentException(
                        "An LRA in a branch wants no notices, not even " + call.instruction());
        };
    }

    private CompletionStage<Answer> prepare(Call call, LraAddress address) {
        TransactionId transaction = call.transaction().id();
        return vote(call, address).exceptionally(LraDriver::unreachable).thenApply(answer -> {
            if (answer instanceof Answer.Refused refused) {
                listener.notHeld(transaction, refused.cause());
            } else if (answer instanceof Answer.Unknown unknown) {
                listener.notHeld(transaction, unknown.cause());
            } else if (answer instanceof Answer.Unreachable unreachable) {
                listener.notHeld(transaction, unreachable.cause());
            }
            return answer;
        });
    }

    private CompletableFuture<Answer> vote(Call call, LraAddress address) {
        URI lra = address.lra();
        if (lra == null) {
            return done(new Answer.Refused("no LRA was started at " + address.coordinator()));
        }
        return address.kind() == LraAddress.Kind.OURS ? hold(call, address, lra) : checkActive(address, lra);
    }

    private CompletableFuture<Answer> hold(Call call, LraAddress address, URI lra) {
        return client.put(lra, "hold", address.token(), holdTimeout).thenCompose(reply -> {
            if (reply.isSuccess()) {
                return isEmpty(reply) ? endEmpty(call, address, lra) : done(new Answer.Done());
            }
            return done(reply.isRefusal() ? refused("hold", lra, reply) : unknown("hold", lra, reply));
        });
    }

    private static boolean isEmpty(LraClient.Reply reply) {
        return isZero(reply.number("participants"))
                && isZero(reply.number("listeners"))
                && isZero(reply.number("nested"));
    }

    private static boolean isZero(@Nullable Long number) {
        return number != null && number == 0;
    }

    /** Nobody has joined, so nothing is left to decide. If the close fails, the held LRA stays for the branch to end. */
    private CompletableFuture<Answer> endEmpty(Call call, LraAddress address, URI lra) {
        return client.put(lra, "close", address.token(), holdTimeout)
                .handle((reply, failure) -> reply != null
                        && reply.isSuccess()
                        && reply.status().filter("Closed"::equals).isPresent())
                .thenCompose(closed -> closed ? forgetEmpty(call, address) : done(new Answer.Done()));
    }

    /** A read-only vote takes the LRA out of the log, so it waits until the coordinator needs no forget any more. */
    private CompletableFuture<Answer> forgetEmpty(Call call, LraAddress address) {
        return forget(address).handle((done, failure) -> failure).thenCompose(failure -> {
            if (failure == null) {
                return done(new Answer.ReadOnly());
            }
            return listener.found(call.transaction().id(), call.participant().id(), address.closedEmpty())
                    .thenApply(named -> new Answer.Done());
        });
    }

    private CompletableFuture<Answer> checkActive(LraAddress address, URI lra) {
        return client.status(lra, address.token(), holdTimeout).thenApply(reply -> {
            if (reply.isSuccess()) {
                return reply.status().filter("Active"::equals).isPresent()
                        ? new Answer.Done()
                        : refused("status", lra, reply);
            }
            return reply.isRefusal() ? refused("status", lra, reply) : unknown("status", lra, reply);
        });
    }

    private CompletionStage<Answer> confirm(Participant participant, LraAddress address) {
        URI lra = address.lra();
        if (lra == null) {
            return done(new Answer.Refused("the log names no LRA at " + address.coordinator()));
        }
        boolean wasClosing = participant.progressAddress() != null;
        return tell(Wish.CLOSE, address, lra, wasClosing).thenApply(reply -> {
            boolean endedUnseen = wasClosing && reply.isUnknownLra() && address.kind() == LraAddress.Kind.FOREIGN;
            return endedUnseen || wasClosedBefore(address, reply) ? new Answer.Done() : answer(Wish.CLOSE, lra, reply);
        });
    }

    /** A Holdfast coordinator obeys a close that it answers with success; what was nested is cancelled later when its parent is. */
    private static boolean wasClosedBefore(LraAddress address, LraClient.Reply reply) {
        return address.parent() != null
                && address.kind().isOurs()
                && reply.isSuccess()
                && reply.fromCoordinator()
                && reply.status().filter(CANCELS::contains).isPresent();
    }

    private CompletionStage<Answer> cancel(Call call, LraAddress address) {
        boolean wasCancelling = call.participant().progressAddress() != null;
        if (address.lra() != null) {
            URI known = address.lra();
            return call.isForced()
                    ? tell(Wish.CANCEL, address, known, wasCancelling)
                            .thenApply(reply -> answer(Wish.CANCEL, known, reply))
                    : cancel(address, known, wasCancelling);
        }
        return client.start(address, call.transaction().origin(), limit, startTimeout)
                .thenCompose(found -> {
                    URI lra = found.lra();
                    return listener.found(
                                    call.transaction().id(), call.participant().id(), found)
                            .thenCompose(
                                    named -> lra == null ? done(new Answer.Done()) : cancel(found, lra, wasCancelling));
                })
                .exceptionallyCompose(
                        failure -> LraBridge.causeOf(failure) instanceof LraClient.NotStartedException answer
                                        && answer.isWithoutParent()
                                ? done(new Answer.Done())
                                : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Answer> cancel(LraAddress address, URI lra, boolean wasCancelling) {
        return tell(Wish.CANCEL, address, lra, wasCancelling).thenApply(reply -> {
            if (reply.isUnknownLra()) {
                return address.kind() == LraAddress.Kind.FOREIGN && !wasCancelling
                        ? new Answer.Refused(AdapterMessage.FOREIGN_LRA_VANISHED.text(lra))
                        : new Answer.Done();
            }
            if (address.kind() == LraAddress.Kind.OURS && isClosed(reply)) {
                return new Answer.Done();
            }
            return answer(Wish.CANCEL, lra, reply);
        });
    }

    /** Only its owner closes an LRA, and this one was never to be confirmed: it was empty, and prepare closed it. */
    private static boolean isClosed(LraClient.Reply reply) {
        return (reply.isRefusal() || reply.isSuccess())
                && reply.fromCoordinator()
                && reply.status().filter("Closed"::equals).isPresent();
    }

    /**
     * Tells the wish; where it may have been told before, asks first. Narayana's coordinator takes a second close of an LRA that is
     * still closing for a cancel, so a foreign one is always asked first. Holdfast's tells only in its answer to the wish whether a nested
     * LRA was closed before it was cancelled, so it is not asked for that.
     */
    private CompletableFuture<LraClient.Reply> tell(Wish wish, LraAddress address, URI lra, boolean inProgress) {
        if ((!inProgress || address.parent() != null) && address.kind() != LraAddress.Kind.FOREIGN) {
            return client.put(lra, wish.verb, address.token(), DECISION_TIMEOUT);
        }
        return client.status(lra, address.token(), DECISION_TIMEOUT)
                .thenCompose(reply -> reply.status().filter("Active"::equals).isPresent()
                        ? client.put(lra, wish.verb, address.token(), DECISION_TIMEOUT)
                        : CompletableFuture.completedFuture(reply));
    }

    private static Answer answer(Wish wish, URI lra, LraClient.Reply reply) {
        if (reply.isRefusal()) {
            return refused(wish.verb, lra, reply);
        }
        String status = reply.isSuccess() ? reply.status().orElse("") : "";
        if (status.equals(wish.done)) {
            return new Answer.Done();
        }
        if (status.equals(wish.doing)) {
            return new Answer.InProgress(lra.toString());
        }
        return status.isEmpty() || status.equals("Active")
                ? unknown(wish.verb, lra, reply)
                : refused(wish.verb, lra, reply);
    }

    /** What the branch wants of its LRA, in the words of LRA. */
    private enum Wish {
        CLOSE("close", "Closed", "Closing"),
        CANCEL("cancel", "Cancelled", "Cancelling");

        private final String verb;
        private final String done;
        private final String doing;

        Wish(String verb, String done, String doing) {
            this.verb = verb;
            this.done = done;
            this.doing = doing;
        }
    }

    /**
     * Lets the coordinator forget an ended LRA; a Holdfast coordinator keeps an owned one until then, without limit. Others know no
     * forget. The future fails when the coordinator has not acknowledged.
     */
    CompletableFuture<Void> forget(LraAddress address) {
        URI lra = address.lra();
        if (lra == null || !address.kind().isOurs()) {
            return CompletableFuture.completedFuture(null);
        }
        return client.put(lra, "forget", address.token(), DECISION_TIMEOUT).handle((reply, failure) -> {
            if (reply != null && (reply.isUnknownLra() || (reply.fromCoordinator() && reply.isSuccess()))) {
                return null;
            }
            String why = reply == null ? String.valueOf(failure) : reply.describe();
            AdapterMessage.FORGET_FAILED.log(lra, why);
            throw new IllegalStateException(AdapterMessage.FORGET_FAILED.text(lra, why), failure);
        });
    }

    /** Cancels an LRA that came into being after its branch had ended. */
    CompletableFuture<Answer> drop(LraAddress address) {
        URI lra = address.lra();
        return lra == null ? done(new Answer.Done()) : cancel(address, lra, false);
    }

    private static Answer refused(String verb, URI lra, LraClient.Reply reply) {
        return new Answer.Refused(lra + " answered " + verb + " with " + reply.describe());
    }

    private static Answer unknown(String verb, URI lra, LraClient.Reply reply) {
        return new Answer.Unknown(lra + " answered " + verb + " with " + reply.describe());
    }

    private static Answer unreachable(Throwable failure) {
        Throwable cause = failure.getCause();
        return new Answer.Unreachable(String.valueOf(cause == null ? failure : cause));
    }

    private static CompletableFuture<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
