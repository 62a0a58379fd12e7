package io.holdfast.rar;

import io.holdfast.api.BranchEntry;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.log.OperatorLog;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Machine;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees and does, for the MBean and for applications. Every action that decides is noted with who and why before it is done. Throws
 * {@link NotDoneException} for an argument out of bounds, when the branch is not in a state for it, and when it cannot be noted; anything else that it
 * throws is a failure of the adapter. Thread-safe.
 */
final class Operations {
    private static final int MOST_LISTED = 1000;
    private static final int MAX_NAME = 200;
    private static final int MAX_REASON = 4000;

    private final Branches branches;
    private final OperatorLog log;

    Operations(Branches branches) {
        this.branches = branches;
        this.log = new OperatorLog(branches.settings().logDirectory());
    }

    /** Why a branch is listed. */
    enum Concern {
        IN_DOUBT,
        UNDELIVERED,
        HEURISTIC,
        /** A flow that is active for long. */
        OPEN
    }

    private Predicate<Transaction> filter(Concern concern) {
        return switch (concern) {
            case IN_DOUBT -> Operations::isInDoubt;
            case UNDELIVERED -> Operations::isUndelivered;
            case HEURISTIC -> Operations::isHeuristic;
            case OPEN -> this::isOpen;
        };
    }

    /** All of them. */
    int count(Concern concern) {
        return branches.all(filter(concern)).size();
    }

    /** {@value #MOST_LISTED} at most. */
    List<BranchEntry> list(Concern concern) {
        return entries(branches.patience(Duration.ZERO).await(branches.engine().list(filter(concern), MOST_LISTED)));
    }

    private List<BranchEntry> entries(List<Transaction> found) {
        Set<TransactionId> told = found.stream()
                .filter(Operations::isUndelivered)
                .map(Transaction::id)
                .collect(Collectors.toSet());
        return BranchEntries.of(
                found, told.isEmpty() ? List.of() : branches.engine().attempts(told));
    }

    /** {@value #MOST_LISTED} lines at most, see {@link OperatorLog#last}. */
    List<String> actions() {
        try {
            return log.last(MOST_LISTED);
        } catch (UncheckedIOException notRead) {
            throw notNoted(notRead);
        }
    }

    private static boolean isInDoubt(Transaction tx) {
        return tx.state() == TransactionState.PREPARED;
    }

    /** Nobody may be left who ends it. */
    private boolean isOpen(Transaction tx) {
        Duration bound = branches.settings().alarms().after();
        return isActiveFlow(tx)
                && !bound.isZero()
                && !tx.startedAt().isAfter(branches.now().minus(bound));
    }

    private static boolean isActiveFlow(Transaction tx) {
        return tx.state() == TransactionState.ACTIVE && Flows.isOne(tx);
    }

    private static boolean isHeuristic(Transaction tx) {
        return tx.heuristic() != null || tx.state().isFailed();
    }

    private static boolean isUndelivered(Transaction tx) {
        return tx.state() == TransactionState.CONFIRMING || tx.state() == TransactionState.CANCELLING;
    }

    /** See {@link AdapterMXBean#find}. */
    Optional<BranchEntry> find(String name) {
        String wanted = bounded("name", name, MAX_REASON).strip();
        List<Transaction> found = branches.all(tx -> BranchEntries.isCalled(tx, wanted));
        return entries(found.stream().limit(1).toList()).stream().findFirst();
    }

    /** See {@link AdapterMXBean#retryNow}. */
    void retryNow() {
        branches.engine().retryNow();
    }

    /** See {@link AdapterMXBean#retryBranchNow}. */
    void retryBranchNow(String branch) {
        String wanted = bounded("branch", branch, MAX_REASON).strip();
        List<Transaction> found = branches.all(tx -> isUndelivered(tx) && BranchEntries.isCalled(tx, wanted));
        if (found.isEmpty()) {
            throw NotDoneException.refused(
                    AdapterMessage.OPERATOR_REFUSED.text(wanted, "nothing of it waits to be delivered"));
        }
        found.forEach(tx -> branches.engine().retryNow(tx.id()));
    }

    /** See {@link AdapterMXBean#resolveParticipant}. */
    void resolveParticipant(String branch, String participant, String operator, String reason) {
        ParticipantId id = participant(participant);
        act(
                "resolve the participant " + id + " of",
                tx -> isUndelivered(tx) ? whyNotResolved(tx, id) : unless(false, tx),
                new Order(branch, operator, reason),
                tx -> branches.engine().resolve(tx.id(), id, operator, reason));
    }

    /** See {@link AdapterMXBean#forceParticipant}. */
    void forceParticipant(String branch, String participant, String operator, String reason) {
        ParticipantId id = participant(participant);
        act(
                "force to the other side the participant " + id + " of",
                tx -> isUndelivered(tx) ? whyNotForced(tx, id) : unless(false, tx),
                new Order(branch, operator, reason),
                tx -> branches.engine().force(tx.id(), id, operator, reason));
    }

    /** One that has failed while others are still told can be resolved, so that it counts as done at the end. */
    private static Optional<String> whyNotResolved(Transaction tx, ParticipantId id) {
        Optional<Participant> known = tx.participants().find(id);
        return known.isPresent() && known.get().state().isFailed() ? Optional.empty() : whyNotTold(id, known);
    }

    private Optional<String> whyNotForced(Transaction tx, ParticipantId id) {
        return whyNotTold(id, tx.participants().find(id)).or(() -> {
            Refusal refusal = Machine.decide(tx, new Command.ForceParticipant(id, "", "", branches.now()))
                    .refusal();
            return refusal == Refusal.NOT_BEING_TOLD
                    ? Optional.of("the participant waits for another one and is not told yet")
                    : Optional.ofNullable(refusal).map(Refusal::toString);
        });
    }

    private static Optional<String> whyNotTold(ParticipantId id, Optional<Participant> known) {
        if (known.isEmpty()) {
            return Optional.of("it has no participant " + id);
        }
        ParticipantState state = known.get().state();
        return state.isFinal() ? Optional.of("the participant has answered and is " + state) : Optional.empty();
    }

    private static ParticipantId participant(String participant) {
        String id = bounded("participant", participant, MAX_NAME).strip();
        try {
            return new ParticipantId(id);
        } catch (IllegalArgumentException notAnId) {
            throw NotDoneException.badArgument(
                    AdapterMessage.BAD_OPERATION.text("participant", participant, "an id as the lists show it"));
        }
    }

    /** See {@link AdapterMXBean#commitInDoubt}. */
    void commitInDoubt(String branch, String operator, String reason) {
        decide("commit", branch, operator, reason, true);
    }

    /** See {@link AdapterMXBean#rollbackInDoubt}. */
    void rollbackInDoubt(String branch, String operator, String reason) {
        decide("roll back", branch, operator, reason, false);
    }

    private void decide(String verb, String branch, String operator, String reason, boolean confirm) {
        act(
                verb,
                tx -> unless(isInDoubt(tx) || isActiveFlow(tx), tx),
                new Order(branch, operator, reason),
                tx -> isActiveFlow(tx)
                        ? branches.flows().decide(tx, confirm, operator, reason)
                        : branches.engine().decideByPerson(tx.id(), confirm, operator, reason));
    }

    /** See {@link AdapterMXBean#resolve}. */
    void resolve(String branch, String operator, String reason) {
        Transaction resolved = act(
                "resolve",
                tx -> tx.state().isFailed() && tx.heuristic() != null
                        ? Optional.of("the transaction manager has not forgotten its heuristic outcome")
                        : unless(tx.state().isFailed(), tx),
                new Order(branch, operator, reason),
                tx -> branches.resolve(tx, operator, reason));
        removeBranchOf(resolved);
    }

    /** See {@link AdapterMXBean#forgetHeuristic}. */
    void forgetHeuristic(String branch, String operator, String reason) {
        Transaction told = act(
                "forget the heuristic outcome of",
                tx -> tx.heuristic() == null ? Optional.of("it has no heuristic outcome") : Optional.empty(),
                new Order(branch, operator, reason),
                branches::acknowledge);
        removeBranchOf(told);
    }

    private void removeBranchOf(Transaction transaction) {
        XidCodec.decode(transaction.origin()).flatMap(branches::find).ifPresent(branches::remove);
    }

    /** Why it is refused, when it is. */
    private static Optional<String> unless(boolean allowed, Transaction tx) {
        return allowed ? Optional.empty() : Optional.of("it is " + tx.state());
    }

    /** @return the transaction as it was before */
    private Transaction act(
            String verb,
            Function<Transaction, Optional<String>> refusal,
            Order order,
            Function<Transaction, CompletableFuture<Transaction>> action) {
        Transaction tx = branches.all(order.meant()).stream()
                .findFirst()
                .orElseThrow(() -> refused(order, "it is unknown", null));
        Optional<String> whyNot = refusal.apply(tx);
        if (whyNot.isPresent()) {
            throw refused(order, whyNot.get(), null);
        }
        note(order, verb);
        AdapterMessage.OPERATOR_ACTED.log(
                OperatorLog.oneLine(order.operator()),
                verb + " " + order.branch(),
                OperatorLog.oneLine(order.reason()));
        try {
            branches.patience(Duration.ZERO).await(action.apply(tx));
        } catch (RefusedException | UnknownTransactionException overtaken) {
            throw refused(order, String.valueOf(overtaken.getMessage()), overtaken);
        }
        return tx;
    }

    private void note(Order order, String verb) {
        try {
            log.add(branches.now(), order.operator(), verb + " " + order.branch(), order.reason());
        } catch (UncheckedIOException notNoted) {
            throw notNoted(notNoted);
        }
    }

    private NotDoneException notNoted(UncheckedIOException failed) {
        IOException cause = Objects.requireNonNull(failed.getCause());
        return NotDoneException.notNoted(AdapterMessage.OPERATOR_LOG_FAILED.text(log.file(), cause), cause);
    }

    /** Its cause stays here: whoever called from outside may not have its class. */
    private static NotDoneException refused(Order order, String why, @Nullable Exception cause) {
        if (cause != null) {
            AdapterMessage.OPERATOR_REFUSED.log(cause, order.branch(), why);
        }
        return NotDoneException.refused(AdapterMessage.OPERATOR_REFUSED.text(order.branch(), why));
    }

    /** @throws NotDoneException unless it is a name */
    static String checkedOperator(@Nullable String operator) {
        return bounded("operator", operator, MAX_NAME);
    }

    /** The beginning of a name that nobody has checked, fit for a line of the log. */
    static String shownOperator(@Nullable String operator) {
        String name = OperatorLog.oneLine(operator == null ? "" : operator);
        if (name.isEmpty()) {
            return "without a name";
        }
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name;
    }

    /** What would be empty when it is noted is none. JMX clients may give null. */
    private static String bounded(String name, @Nullable String text, int max) {
        if (text == null || OperatorLog.oneLine(text).isEmpty() || text.length() > max) {
            throw NotDoneException.badArgument(
                    AdapterMessage.BAD_OPERATION.text(name, found(text, max), "1 to " + max + " characters"));
        }
        return text;
    }

    private static String found(@Nullable String text, int max) {
        if (text == null) {
            return "missing";
        }
        return text.length() > max ? text.length() + " characters long" : "blank";
    }

    /** What an operator wants, checked. */
    private record Order(String branch, String operator, String reason) {
        private static final String XID_SEPARATOR = ":";

        Order {
            branch = checked(bounded("branch", branch, MAX_REASON).strip());
            operator = checkedOperator(operator);
            bounded("reason", reason, MAX_REASON);
        }

        /** Written as we write it: its Xid, or the id of one that may have no Xid. */
        private static String checked(String branch) {
            try {
                return branch.contains(XID_SEPARATOR)
                        ? XidValue.parse(branch).toString()
                        : new TransactionId(branch).value();
            } catch (IllegalArgumentException bad) {
                throw NotDoneException.badArgument(AdapterMessage.BAD_OPERATION.text(
                        "branch", branch, "an Xid or an id as the lists show it: " + bad.getMessage()));
            }
        }

        Predicate<Transaction> meant() {
            if (branch.contains(XID_SEPARATOR)) {
                String origin = XidCodec.encode(XidValue.parse(branch));
                return tx -> tx.origin().equals(origin);
            }
            return tx -> tx.id().value().equals(branch);
        }
    }
}
