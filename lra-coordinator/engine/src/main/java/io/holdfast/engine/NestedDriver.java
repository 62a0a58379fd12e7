package io.holdfast.engine;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes the parent's decision to a nested transaction in this engine; everything else goes to the host's driver. */
final class NestedDriver implements ParticipantDriver {
    /** What its owner has not ended by then is told again at growing intervals, so that an alarm is raised one day. */
    private static final Duration OWNERS_TIME = Duration.ofSeconds(30);

    /** An instruction that waits for the end of a nested transaction. */
    private record Waiting(TransactionId nested, Instruction instruction) {}

    /** The answer to the latest attempt, and the time after which it is that there is none. */
    private static final class Attempt {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private @Nullable Cancellable limit;

        synchronized void limitBy(Cancellable timer) {
            limit = timer;
            if (answer.isDone()) {
                timer.cancel();
            }
        }

        /** @return false if the attempt is over already */
        synchronized boolean complete(@Nullable Answer end, @Nullable Throwable failure) {
            if (limit != null) {
                limit.cancel();
            }
            return failure == null ? answer.complete(end) : answer.completeExceptionally(failure);
        }
    }

    private final Cells cells;
    private final ParticipantDriver others;
    private final Map<Waiting, Attempt> attempts = new ConcurrentHashMap<>();

    NestedDriver(Cells cells, ParticipantDriver others) {
        this.cells = cells;
        this.others = others;
    }

    @Override
    public String endpointOf(Participant participant) {
        return participant.kind() == ParticipantKind.NESTED
                ? "nested:" + participant.address()
                : others.endpointOf(participant);
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        if (call.participant().kind() != ParticipantKind.NESTED) {
            return others.deliver(call);
        }
        Optional<Cell> found = cells.find(new TransactionId(call.participant().address()));
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(new Answer.Done());
        }
        Cell nested = found.get();
        return nested.state().owner() == null ? end(nested, call) : endInTime(nested, call);
    }

    private CompletionStage<Answer> end(Cell nested, Call call) {
        return call.instruction() == Instruction.CONFIRM ? confirm(nested, call.transaction()) : cancel(nested);
    }

    /** The end is waited for once, however often the instruction is repeated meanwhile. */
    private CompletionStage<Answer> endInTime(Cell nested, Call call) {
        Waiting waiting = new Waiting(nested.id(), call.instruction());
        Attempt attempt = new Attempt();
        boolean first = attempts.put(waiting, attempt) == null;
        if (first) {
            String endpoint = endpointOf(call.participant());
            var unused = end(nested, call).whenComplete((end, failure) -> {
                boolean waitedFor =
                        Objects.requireNonNull(attempts.remove(waiting)).complete(end, failure);
                if (!waitedFor) {
                    cells.deliveries().retryNow(endpoint);
                }
            });
        }
        limit(nested, attempt);
        return attempt.answer;
    }

    /** Only while it is the owner's turn: who does not confirm or cancel when it is decided has alarms of its own, and so has a time limit. */
    private void limit(Cell nested, Attempt attempt) {
        if (attempt.answer.isDone()) {
            return;
        }
        attempt.limitBy(cells.host().timers().schedule(OWNERS_TIME, () -> {
            Transaction tx = nested.state();
            if (tx.isInDoubt() || (tx.state() == TransactionState.ACTIVE && tx.deadline() == null)) {
                attempt.complete(
                        new Answer.Unknown("the nested transaction " + tx.id() + " is " + tx.state()
                                + ", and its owner has not ended it; decide for the owner if that is lost"),
                        null);
            } else {
                limit(nested, attempt);
            }
        }));
    }

    @Override
    public void alarmed(Alarm alarm) {
        others.alarmed(alarm);
    }

    /** An owned one is confirmed by its owner alone, or cancelled; its end is waited for. */
    private CompletionStage<Answer> confirm(Cell nested, Transaction outer) {
        Transaction tx = nested.state();
        Reason reason = outer.parent() == null || outer.reason() == Reason.TOP_LEVEL ? Reason.TOP_LEVEL : Reason.PARENT;
        return tx.state().cancels() || tx.owner() != null
                ? ending(nested)
                : nested.submit(new Command.Confirm(null, reason, cells.now())).thenCompose(decided -> ending(nested));
    }

    /**
     * One that its owner holds ends as the owner says, and is cancelled after that if it was confirmed. One that is just confirming
     * refuses for now and is told again.
     */
    private CompletionStage<Answer> cancel(Cell nested) {
        return nested.when(tx -> !isWaitedFor(tx)).thenCompose(tx -> cancelNow(nested));
    }

    private CompletionStage<Answer> cancelNow(Cell nested) {
        return nested.submit(new Command.Cancel(nested.state().owner(), Reason.PARENT, cells.now()))
                .thenCompose(decided -> ending(nested));
    }

    private static boolean isWaitedFor(Transaction tx) {
        return tx.isInDoubt() || (tx.owner() != null && tx.state() == TransactionState.CONFIRMING);
    }

    private CompletionStage<Answer> ending(Cell nested) {
        return nested.when(tx -> tx.state().isFinal())
                .thenApply(tx -> tx.state().isFailed()
                        ? new Answer.Refused("the nested transaction " + tx.id() + " is " + tx.state())
                        : new Answer.Done());
    }
}
