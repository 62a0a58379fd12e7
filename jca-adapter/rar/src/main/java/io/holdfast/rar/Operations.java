package io.holdfast.rar;

import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.log.OperatorLog;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an administrator sees and does. Every action is noted with who and why before it is done. Thread-safe. */
final class Operations implements AdapterMXBean {
    private static final int MOST_LISTED = 1000;
    private static final int MAX_NAME = 200;
    private static final int MAX_REASON = 4000;

    private final Branches branches;
    private final OperatorLog log;

    Operations(Branches branches) {
        this.branches = branches;
        this.log = new OperatorLog(branches.settings().logDirectory());
    }

    @Override
    public String getNodeId() {
        return branches.nodeId();
    }

    @Override
    public Map<String, String> getProperties() {
        return branches.settings().inEffect();
    }

    @Override
    public Map<String, Long> getCounts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Statistics.Counter counter : Statistics.Counter.values()) {
            counts.put(counter.name(), branches.statistics().counted(counter));
        }
        counts.put("LOG_FORCES", branches.engine().logForces());
        return counts;
    }

    @Override
    public List<TimesReport> getTimes() {
        return Arrays.stream(Statistics.Timing.values())
                .map(timing -> TimesReport.of(timing, branches.statistics().times(timing)))
                .toList();
    }

    @Override
    public int getBranches() {
        return branches.known();
    }

    @Override
    public int getInDoubt() {
        return branches.all(Operations::isInDoubt).size();
    }

    @Override
    public int getHeuristic() {
        return branches.all(Operations::isHeuristic).size();
    }

    @Override
    public int getUndelivered() {
        return branches.all(Operations::isUndelivered).size();
    }

    @Override
    public String getLastRecovery() {
        return Optional.ofNullable(branches.statistics().lastRecover())
                .map(Object::toString)
                .orElse("");
    }

    @Override
    public List<BranchReport> getInDoubtBranches() {
        return reports(Operations::isInDoubt);
    }

    @Override
    public List<BranchReport> getHeuristicBranches() {
        return reports(Operations::isHeuristic);
    }

    @Override
    public List<BranchReport> getUndeliveredBranches() {
        return reports(Operations::isUndelivered);
    }

    @Override
    public int getOpen() {
        return branches.all(this::isOpen).size();
    }

    @Override
    public List<BranchReport> getOpenFlows() {
        return reports(this::isOpen);
    }

    @Override
    public List<String> getOperatorActions() {
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

    private List<BranchReport> reports(Predicate<Transaction> filter) {
        return branches.patience(Duration.ZERO).await(branches.engine().list(filter, MOST_LISTED)).stream()
                .map(BranchReport::of)
                .toList();
    }

    @Override
    public @Nullable BranchReport find(String name) {
        String wanted = bounded("name", name, MAX_REASON).strip();
        return branches.all(tx -> isCalled(tx, wanted)).stream()
                .findFirst()
                .map(BranchReport::of)
                .orElse(null);
    }

    private static boolean isCalled(Transaction tx, String name) {
        BranchReport report = BranchReport.of(tx);
        return List.of(report.getId(), report.getXid(), report.getFlow()).contains(name)
                || report.getFlow().endsWith(" " + name)
                || report.getLras().contains(name);
    }

    @Override
    public void retryNow() {
        branches.engine().retryNow();
    }

    @Override
    public void retryBranchNow(String branch) {
        String wanted = bounded("branch", branch, MAX_REASON).strip();
        List<Transaction> found = branches.all(tx -> isUndelivered(tx) && isCalled(tx, wanted));
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    AdapterMessage.OPERATOR_REFUSED.text(wanted, "nothing of it waits to be delivered"));
        }
        found.forEach(tx -> branches.engine().retryNow(tx.id()));
    }

    @Override
    public void resolveParticipant(String branch, String participant, String operator, String reason) {
        ParticipantId id = participant(participant);
        act(
                "resolve the participant " + id + " of",
                tx -> unless(isUndelivered(tx), tx),
                new Order(branch, operator, reason),
                tx -> branches.engine().resolve(tx.id(), id, operator, reason));
    }

    @Override
    public void forceParticipant(String branch, String participant, String operator, String reason) {
        ParticipantId id = participant(participant);
        act(
                "force to the other side the participant " + id + " of",
                tx -> isUndelivered(tx) ? whyNotForced(tx, id) : unless(false, tx),
                new Order(branch, operator, reason),
                tx -> branches.engine().force(tx.id(), id, operator, reason));
    }

    private static Optional<String> whyNotForced(Transaction tx, ParticipantId id) {
        Optional<Participant> known = tx.participants().find(id);
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
            throw new IllegalArgumentException(
                    AdapterMessage.BAD_OPERATION.text("participant", participant, "an id as the lists show it"),
                    notAnId);
        }
    }

    @Override
    public void commitInDoubt(String branch, String operator, String reason) {
        decide("commit", branch, operator, reason, true);
    }

    @Override
    public void rollbackInDoubt(String branch, String operator, String reason) {
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

    @Override
    public void resolve(String branch, String operator, String reason) {
        Transaction resolved = act(
                "resolve",
                tx -> tx.state().isFailed() && tx.heuristic() != null
                        ? Optional.of("the transaction manager has not forgotten its heuristic outcome")
                        : unless(tx.state().isFailed(), tx),
                new Order(branch, operator, reason),
                tx -> branches.resolve(tx, operator, reason));
        removeBranchOf(resolved);
    }

    @Override
    public void forgetHeuristic(String branch, String operator, String reason) {
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
        AdapterMessage.OPERATOR_ACTED.log(order.operator(), verb + " " + order.branch(), order.reason());
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

    private UncheckedIOException notNoted(UncheckedIOException failed) {
        IOException cause = Objects.requireNonNull(failed.getCause());
        return new UncheckedIOException(AdapterMessage.OPERATOR_LOG_FAILED.text(log.file(), cause), cause);
    }

    /** Its cause stays here: whoever called from outside may not have its class. */
    private static IllegalStateException refused(Order order, String why, @Nullable Exception cause) {
        if (cause != null) {
            AdapterMessage.OPERATOR_REFUSED.log(cause, order.branch(), why);
        }
        return new IllegalStateException(AdapterMessage.OPERATOR_REFUSED.text(order.branch(), why));
    }

    /** JMX clients may give null. */
    private static String bounded(String name, @Nullable String text, int max) {
        if (text == null || text.isBlank() || text.length() > max) {
            String found = text == null || text.isBlank() ? "blank" : text.length() + " characters long";
            throw new IllegalArgumentException(
                    AdapterMessage.BAD_OPERATION.text(name, found, "1 to " + max + " characters"));
        }
        return text;
    }

    /** What an operator wants, checked. */
    private record Order(String branch, String operator, String reason) {
        private static final String XID_SEPARATOR = ":";

        Order {
            branch = checked(bounded("branch", branch, MAX_REASON).strip());
            bounded("operator", operator, MAX_NAME);
            bounded("reason", reason, MAX_REASON);
        }

        /** Written as we write it: its Xid, or the id of one that may have no Xid. */
        private static String checked(String branch) {
            try {
                return branch.contains(XID_SEPARATOR)
                        ? XidValue.parse(branch).toString()
                        : new TransactionId(branch).value();
            } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException(
                        AdapterMessage.BAD_OPERATION.text(
                                "branch", branch, "an Xid or an id as the lists show it: " + bad.getMessage()),
                        bad);
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
