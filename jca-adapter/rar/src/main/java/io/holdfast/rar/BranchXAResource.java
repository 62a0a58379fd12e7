package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.log.LogFailedException;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.HelpingExecutor.Call;
import io.holdfast.rar.Statistics.Counter;
import io.holdfast.rar.Statistics.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The adapter as the transaction manager sees it (X/Open XA; Jakarta Transactions 2.0, 3.4). The only place where the codes of XA
 * appear. All XAResources of one adapter are one resource manager, so that connections of one transaction share one branch.
 *
 * <p>Thread-safe as far as XA wants it: any of these resources may prepare, commit, roll back or recover any branch, and end one that
 * another started.
 */
public final class BranchXAResource implements XAResource {
    private static final int SCAN_FLAGS = TMSTARTRSCAN | TMENDRSCAN;

    /** What was decided, as messages say it. */
    private static final String COMMITTED = "committed";

    private static final String ROLLED_BACK = "rolled back";

    private final Branches branches;
    private final Surroundings surroundings;
    private volatile @Nullable Branch current;
    /** That of the thread in which this resource began to work for the branch. */
    private volatile @Nullable Object transaction;

    private volatile int timeoutSeconds;

    BranchXAResource(Branches branches) {
        this(branches, Surroundings.NONE);
    }

    BranchXAResource(Branches branches, Surroundings surroundings) {
        this.branches = branches;
        this.surroundings = surroundings;
    }

    /** The branch that this resource works for now; nothing outside a JTA transaction. */
    Optional<Branch> current() {
        return Optional.ofNullable(current);
    }

    /**
     * The branch that this resource works for now.
     *
     * @throws HoldfastException if there is none, or if it is not that of the caller's JTA transaction, which a server may have suspended
     *     without a word to its resources
     */
    Branch currentOfCaller() {
        Branch branch = current;
        Object expected = transaction;
        Object caller = surroundings.transaction();
        if (branch == null || (expected != null && !expected.equals(caller))) {
            throw new HoldfastException(AdapterMessage.NO_TRANSACTION.text(
                    branch == null ? "none" : branch.xid(), caller == null ? "none" : caller));
        }
        return branch;
    }

    /** Before others can find this resource at the branch, to make it leave one that they roll back. */
    private void begin(Branch branch) {
        transaction = surroundings.transaction();
        current = branch;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        XidValue value = value(xid);
        checkOpen(value);
        if (current != null) {
            throw protocol(value, "start", "this resource is at work for another branch");
        }
        switch (flags) {
            case TMNOFLAGS -> startNew(value);
            case TMJOIN -> {
                Branch branch = known(value);
                begin(branch);
                if (!branch.associate(this)) {
                    leave(branch);
                    throw protocol(value, "start(TMJOIN)", "it is " + branch.phase() + " or joined already");
                }
            }
            case TMRESUME -> {
                Branch branch = known(value);
                begin(branch);
                if (!branch.resume(this)) {
                    leave(branch);
                    throw protocol(value, "start(TMRESUME)", "it is not suspended");
                }
            }
            default -> throw invalid(value, "start", flags);
        }
    }

    private void startNew(XidValue xid) throws XAException {
        Duration limit = timeoutSeconds == 0 ? null : Duration.ofSeconds(timeoutSeconds);
        Branch branch = branches.start(xid, limit)
                .orElseThrow(() -> failure(
                        XAException.XAER_DUPID,
                        AdapterMessage.PROTOCOL.text(xid, "start", "there is one already"),
                        null));
        begin(branch);
        branch.associate(this);
        branches.statistics().count(Counter.STARTED);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        XidValue value = value(xid);
        Branch branch = known(value);
        Optional<BranchXAResource> left =
                switch (flags) {
                    case TMSUSPEND -> branch.suspend(this);
                    case TMSUCCESS, TMFAIL -> branch.dissociate(this);
                    default -> throw invalid(value, "end", flags);
                };
        if (flags == TMFAIL) {
            branch.allowRollbackOnly("the transaction manager said that its work has failed");
        }
        left.orElseThrow(() -> protocol(value, "end", "nobody works for it")).leave(branch);
    }

    private void leave(Branch branch) {
        if (current == branch) {
            current = null;
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        int vote = counted(Timing.PREPARE, () -> vote(xid));
        branches.statistics().count(vote == XA_OK ? Counter.PREPARED : Counter.READ_ONLY);
        return vote;
    }

    private int vote(Xid xid) throws XAException {
        Branch branch = ending(xid, "prepare");
        Optional<Enlistment> enlistment = recorded(branch);
        if (enlistment.isEmpty()) {
            branches.remove(branch);
            return XA_RDONLY;
        }
        Transaction voted = voteInTwoPhases(branch, enlistment.get());
        return switch (voted.state()) {
            case PREPARED -> {
                branch.become(Branch.Phase.PREPARED);
                yield XA_OK;
            }
            case CONFIRMING, CONFIRMED, FAILED_TO_CONFIRM -> {
                branches.remove(branch);
                yield XA_RDONLY;
            }
            case CANCELLING, CANCELLED, FAILED_TO_CANCEL -> throw rolledBack(branch, voted);
            case ACTIVE, PREPARING, PRE_COMMITTED ->
                throw protocol(branch.xid(), "prepare", "its vote is " + voted.state());
        };
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        Optional<BranchXAResource> successor = onePhase ? Optional.empty() : successor();
        if (successor.isPresent()) {
            successor.get().commit(xid, false);
            return;
        }
        counted(Timing.COMMIT, () -> {
            if (onePhase) {
                checkOpenInOnePhase(value(xid));
                commitInOnePhase(ending(xid, "commit in one phase"));
            } else {
                commitPrepared(known(value(xid)));
            }
            return XA_OK;
        });
        branches.statistics().count(onePhase ? Counter.COMMITTED_IN_ONE_PHASE : Counter.COMMITTED);
    }

    private void commitInOnePhase(Branch branch) throws XAException {
        Optional<Enlistment> enlistment = recorded(branch);
        if (enlistment.isEmpty()) {
            branches.remove(branch);
            return;
        }
        Transaction voted = voteInOnePhase(branch, enlistment.get());
        if (voted.state().cancels()) {
            throw rolledBack(branch, voted);
        }
        if (!voted.state().confirms()) {
            throw protocol(branch.xid(), "commit in one phase", "its vote is " + voted.state());
        }
        committed(branch, enlistment.get(), true);
    }

    private void commitPrepared(Branch branch) throws XAException {
        switch (branch.phase()) {
            case ACTIVE, ROLLED_BACK ->
                throw protocol(branch.xid(), "commit", "it is " + branch.phase() + ", not prepared");
            case HEURISTIC -> throw heuristic(branch, branch.heuristicCode(), "commit", null);
            case FAILED -> throw hazard(branch, branch.enlistment().orElseThrow(), COMMITTED);
            case PREPARED, COMMITTED -> {
                Enlistment enlistment = branch.enlistment().orElseThrow();
                decide(branch, enlistment, true);
                committed(branch, enlistment, false);
            }
        }
    }

    private void committed(Branch branch, Enlistment enlistment, boolean onePhase) throws XAException {
        branch.become(Branch.Phase.COMMITTED);
        Duration wait = branches.settings().waitForParticipants();
        if (!wait.isZero() && endsFailed(enlistment, wait)) {
            throw onePhase ? hazardInOnePhase(branch, enlistment) : hazard(branch, enlistment, COMMITTED);
        }
        branches.removeAtEnd(branch, enlistment);
    }

    /**
     * Recorded before the transaction manager hears of it, so that recovery lists it until it is forgotten; when it cannot be recorded, the
     * manager, whose decision is durable, is let ask again.
     */
    private XAException hazard(Branch branch, Enlistment enlistment, String decision) {
        try {
            record(branch, enlistment, decision);
        } catch (RuntimeException failed) {
            return notStored(branch, failed);
        }
        return inDoubt(branch, decision);
    }

    /** The same, told also when it cannot be recorded: nobody asks again for a commit in one phase. */
    private XAException hazardInOnePhase(Branch branch, Enlistment enlistment) {
        try {
            record(branch, enlistment, COMMITTED);
        } catch (RuntimeException failed) {
            XAException hazard = inDoubt(branch, COMMITTED);
            hazard.addSuppressed(failed);
            return hazard;
        }
        return inDoubt(branch, COMMITTED);
    }

    private void record(Branch branch, Enlistment enlistment, String decision) {
        String text = AdapterMessage.OUTCOME_IN_DOUBT.text(branch.xid(), decision);
        branches.patience(Duration.ZERO).await(branches.engine().recordHazard(id(enlistment), text));
    }

    private static XAException inDoubt(Branch branch, String decision) {
        branch.becomeHeuristic(XAException.XA_HEURHAZ);
        AdapterMessage.OUTCOME_IN_DOUBT.log(branch.xid(), decision);
        return failure(XAException.XA_HEURHAZ, AdapterMessage.OUTCOME_IN_DOUBT.text(branch.xid(), decision), null);
    }

    /** No end within the time is no failure, and neither is one that the log could not take, since the decision is durable. */
    private static boolean endsFailed(Enlistment enlistment, Duration wait) {
        try {
            return new Patience(wait).await(enlistment.ended()).state().isFailed();
        } catch (Patience.OverException | UnknownTransactionException | LogFailedException notKnown) {
            return false;
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        Optional<BranchXAResource> successor = successor();
        if (successor.isPresent()) {
            successor.get().rollback(xid);
            return;
        }
        counted(Timing.ROLLBACK, () -> {
            rollBackKnown(known(value(xid)));
            return XA_OK;
        });
        branches.statistics().count(Counter.ROLLED_BACK);
    }

    private void rollBackKnown(Branch branch) throws XAException {
        switch (branch.phase()) {
            case COMMITTED, FAILED -> throw protocol(branch.xid(), "rollback", "it is committed");
            case HEURISTIC -> throw heuristic(branch, branch.heuristicCode(), "rollback", null);
            case ROLLED_BACK -> branches.remove(branch);
            case ACTIVE, PREPARED -> rollBack(branch);
        }
    }

    private void rollBack(Branch branch) throws XAException {
        if (branch.phase() == Branch.Phase.ACTIVE) {
            branch.become(Branch.Phase.ROLLED_BACK);
            branch.dissociateAll().forEach(resource -> resource.leave(branch));
        }
        Optional<Enlistment> enlistment = recorded(branch);
        if (enlistment.isEmpty()) {
            branches.remove(branch);
            return;
        }
        decide(branch, enlistment.get(), false);
        branch.become(Branch.Phase.ROLLED_BACK);
        branches.removeAtEnd(branch, enlistment.get());
    }

    @Override
    public void forget(Xid xid) throws XAException {
        Optional<BranchXAResource> successor = successor();
        if (successor.isPresent()) {
            successor.get().forget(xid);
            return;
        }
        Branch branch = known(value(xid));
        Optional<Transaction> recorded =
                branch.enlistment().flatMap(branches::current).filter(tx -> tx.heuristic() != null);
        if (recorded.isEmpty() && branch.phase() != Branch.Phase.HEURISTIC) {
            throw protocol(branch.xid(), "forget", "it has no heuristic outcome");
        }
        if (recorded.isPresent()) {
            acknowledge(branch, recorded.get());
        }
        branches.remove(branch);
    }

    private void acknowledge(Branch branch, Transaction heuristic) throws XAException {
        try {
            branches.patience(Duration.ZERO).await(branches.acknowledge(heuristic));
        } catch (UnknownTransactionException forgottenAlready) {
            return;
        } catch (RuntimeException failed) {
            throw notStored(branch, failed);
        }
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        if ((flags & ~SCAN_FLAGS) != 0) {
            throw failure(XAException.XAER_INVAL, AdapterMessage.PROTOCOL.text("-", "recover", "flags " + flags), null);
        }
        if ((flags & TMSTARTRSCAN) == 0) {
            return new Xid[0];
        }
        Optional<BranchXAResource> successor = successor();
        if (successor.isPresent()) {
            return successor.get().recover(flags);
        }
        if (branches.isClosed()) {
            throw failure(XAException.XAER_RMFAIL, AdapterMessage.NOT_STARTED.text(), null);
        }
        try {
            List<XidValue> xids = branches.inDoubt();
            branches.statistics().recoverCalled(branches.now());
            return xids.toArray(Xid[]::new);
        } catch (RuntimeException failed) {
            throw failure(XAException.XAER_RMFAIL, AdapterMessage.DECISION_NOT_STORED.text("-", failed), failed);
        }
    }

    /** True for every XAResource of this adapter: they share one log, so a branch has one vote whichever of them is asked. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other instanceof BranchXAResource that && that.branches == branches;
    }

    /** In seconds; 0 when none is set. */
    @Override
    public int getTransactionTimeout() {
        return timeoutSeconds;
    }

    /**
     * Limits the branches that this resource starts from now on.
     *
     * @param seconds 0 for no limit
     */
    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        if (seconds < 0) {
            throw failure(
                    XAException.XAER_INVAL,
                    AdapterMessage.PROTOCOL.text("-", "setTransactionTimeout", seconds + " seconds"),
                    null);
        }
        timeoutSeconds = seconds;
        return true;
    }

    private static XidValue value(Xid xid) throws XAException {
        if (xid == null) {
            throw failure(XAException.XAER_INVAL, AdapterMessage.PROTOCOL.text("-", "a call", "no Xid"), null);
        }
        try {
            return XidValue.of(xid);
        } catch (IllegalArgumentException tooLong) {
            throw failure(XAException.XAER_INVAL, AdapterMessage.PROTOCOL.text(xid, "a call", tooLong), tooLong);
        }
    }

    /**
     * The same in the adapter that was started anew in place of the one that this belongs to: a transaction manager may keep the resource
     * of a branch for as long as the branch lives, and what is prepared is in the log, which the new one has read.
     */
    private Optional<BranchXAResource> successor() {
        return branches.isClosed() ? surroundings.running().map(BranchXAResource::new) : Optional.empty();
    }

    private void checkOpen(XidValue xid) throws XAException {
        if (branches.isClosed()) {
            throw failure(
                    XAException.XAER_RMFAIL,
                    AdapterMessage.NOT_STARTED.text(),
                    new IllegalStateException("Branch " + xid));
        }
    }

    /** A stopped adapter does not decide any more, and its next start cancels what is undecided. */
    private void checkOpenInOnePhase(XidValue xid) throws XAException {
        if (branches.isClosed()) {
            throw failure(
                    XAException.XA_RBROLLBACK,
                    AdapterMessage.NOT_STARTED.text(),
                    new IllegalStateException("Branch " + xid));
        }
    }

    private Branch known(XidValue xid) throws XAException {
        checkOpen(xid);
        return branches.find(xid)
                .orElseThrow(() -> failure(XAException.XAER_NOTA, AdapterMessage.UNKNOWN_BRANCH.text(xid), null));
    }

    private Branch ending(Xid xid, String call) throws XAException {
        Branch branch = known(value(xid));
        if (branch.phase() != Branch.Phase.ACTIVE) {
            throw protocol(branch.xid(), call, "it is " + branch.phase());
        }
        if (branch.isWorkedOn()) {
            throw protocol(branch.xid(), call, "a connection still works for it");
        }
        return branch;
    }

    /** What the branch has in the engine; nothing when it never asked for an LRA, or when not even the intent was stored. */
    private Optional<Enlistment> recorded(Branch branch) throws XAException {
        Optional<Enlistment> enlistment = branch.enlistment();
        if (enlistment.isEmpty()) {
            Optional<String> cause = branch.rollbackCause();
            if (cause.isPresent() && branch.phase() == Branch.Phase.ACTIVE) {
                branches.remove(branch);
                throw failure(
                        XAException.XA_RBROLLBACK, AdapterMessage.ROLLBACK_ONLY.text(branch.xid(), cause.get()), null);
            }
            return enlistment;
        }
        try {
            id(enlistment.get());
            return enlistment;
        } catch (RuntimeException notStored) {
            // It may be stored after all, later than anybody waits for it.
            var unused = enlistment.get().recorded().thenCompose(id -> branches.engine()
                    .cancel(id, enlistment.get().owner()));
            if (branch.phase() != Branch.Phase.ACTIVE) {
                return Optional.empty();
            }
            branches.remove(branch);
            throw failure(
                    XAException.XA_RBROLLBACK,
                    AdapterMessage.DECISION_NOT_STORED.text(branch.xid(), notStored),
                    notStored);
        }
    }

    private TransactionId id(Enlistment enlistment) {
        return branches.patience(Duration.ZERO).await(enlistment.recorded());
    }

    private Transaction voteInTwoPhases(Branch branch, Enlistment enlistment) throws XAException {
        try {
            return vote(branch, enlistment, false);
        } catch (RuntimeException failed) {
            throw notStored(branch, failed);
        }
    }

    /** Ends in committed, rolled back or unknown, never in XAER_RMFAIL: Narayana would take that for committed. */
    private Transaction voteInOnePhase(Branch branch, Enlistment enlistment) throws XAException {
        RuntimeException failed;
        try {
            return vote(branch, enlistment, true);
        } catch (RuntimeException noAnswer) {
            failed = noAnswer;
        }
        TransactionId id = id(enlistment);
        int code;
        try {
            branches.patience(Duration.ZERO).await(branches.engine().cancel(id, enlistment.owner()));
            code = XAException.XA_RBCOMMFAIL;
        } catch (RefusedException | UnknownTransactionException decided) {
            return decidedInOnePhase(branch, enlistment, decided);
        } catch (RuntimeException notStored) {
            if (mayBeConfirmed(id)) {
                return decidedInOnePhase(branch, enlistment, notStored);
            }
            // Confirm was not decided and no longer can be; without a decision in the log the next start cancels.
            suppress(failed, notStored);
            code = XAException.XA_RBROLLBACK;
        }
        branches.remove(branch);
        throw failure(code, AdapterMessage.DECISION_NOT_STORED.text(branch.xid(), failed), failed);
    }

    /** A log that has failed may have failed both with the same. */
    private static void suppress(RuntimeException kept, RuntimeException other) {
        if (kept != other) {
            kept.addSuppressed(other);
        }
    }

    /** Whether confirm was decided, though perhaps not durably; what is gone has ended in one way or the other. */
    private boolean mayBeConfirmed(TransactionId id) {
        return branches.engine()
                .inMemory(id)
                .map(transaction -> transaction.state().confirms())
                .orElse(true);
    }

    /** The vote ended after all; what counts is whether its decision is durable. */
    private Transaction decidedInOnePhase(Branch branch, Enlistment enlistment, RuntimeException decided)
            throws XAException {
        try {
            return branches.patience(Duration.ZERO).await(branches.engine().find(id(enlistment)));
        } catch (RuntimeException forgottenOrNotDurable) {
            if (enlistment.ended().isDone() && !enlistment.ended().isCompletedExceptionally()) {
                return enlistment.ended().join();
            }
            suppress(forgottenOrNotDurable, decided);
            throw outcomeUnknown(branch, forgottenOrNotDurable);
        }
    }

    private static XAException outcomeUnknown(Branch branch, RuntimeException cause) {
        branch.becomeHeuristic(XAException.XA_HEURHAZ);
        AdapterMessage.OUTCOME_UNKNOWN.log(branch.xid(), cause);
        return failure(XAException.XA_HEURHAZ, AdapterMessage.OUTCOME_UNKNOWN.text(branch.xid(), cause), cause);
    }

    private Transaction vote(Branch branch, Enlistment enlistment, boolean onePhase) throws XAException {
        TransactionId id = id(enlistment);
        Optional<String> cause = branch.rollbackCause();
        try {
            if (cause.isPresent()) {
                branches.patience(Duration.ZERO).await(branches.engine().cancel(id, enlistment.owner()));
                branches.remove(branch);
                throw failure(
                        XAException.XA_RBROLLBACK, AdapterMessage.ROLLBACK_ONLY.text(branch.xid(), cause.get()), null);
            }
            Duration hold = branches.settings().holdTimeout();
            return branches.patience(hold.plus(hold))
                    .await(
                            onePhase && branches.decidesAlone(enlistment)
                                    ? branches.confirmAlone(enlistment)
                                    : branches.engine().prepare(id, onePhase));
        } catch (RefusedException refused) {
            if (onePhase && refused.refusal() == Refusal.DECIDED_OTHERWISE) {
                return refused.transaction();
            }
            throw refused;
        } catch (UnknownTransactionException ended) {
            branches.remove(branch);
            throw failure(XAException.XA_RBTIMEOUT, AdapterMessage.TIME_LIMIT_PASSED.text(branch.xid()), ended);
        }
    }

    private XAException rolledBack(Branch branch, Transaction voted) {
        String why = branches.causeOfNo(voted.id()).orElse("it had been cancelled");
        branches.remove(branch);
        Reason reason = voted.reason() == null ? Reason.REQUESTED : voted.reason();
        return switch (reason) {
            case VOTED_NO -> failure(XAException.XA_RBROLLBACK, AdapterMessage.VOTED_NO.text(why, branch.xid()), null);
            case NO_VOTE -> failure(XAException.XA_RBCOMMFAIL, AdapterMessage.NO_VOTE.text(why, branch.xid()), null);
            case TIME_LIMIT ->
                failure(XAException.XA_RBTIMEOUT, AdapterMessage.TIME_LIMIT_PASSED.text(branch.xid()), null);
            case CONFIRM_REFUSED ->
                failure(XAException.XA_RBROLLBACK, AdapterMessage.CONFIRM_REFUSED.text(branch.xid()), null);
            case REQUESTED, PRESUMED_ABORT, PARENT, REVERSED, TOP_LEVEL, PERSON, ONE_BY_ONE ->
                failure(XAException.XA_RBROLLBACK, AdapterMessage.ROLLBACK_ONLY.text(branch.xid(), reason), null);
        };
    }

    /** Takes the decision and waits until it is durable. */
    private void decide(Branch branch, Enlistment enlistment, boolean confirm) throws XAException {
        TransactionId id = id(enlistment);
        try {
            Transaction decided = branches.patience(Duration.ZERO)
                    .await(
                            confirm
                                    ? branches.engine().confirm(id, enlistment.owner())
                                    : branches.engine().cancel(id, enlistment.owner()));
            if (decided.state().isFailed() && (confirm || decided.heuristic() != null)) {
                throw hazard(branch, enlistment, confirm ? COMMITTED : ROLLED_BACK);
            }
            if (decided.heuristic() != null) {
                // A person has decided the same before.
                branches.patience(Duration.ZERO).await(branches.acknowledge(decided));
            }
        } catch (UnknownTransactionException forgotten) {
            if (branch.phase() == Branch.Phase.PREPARED) {
                endedWithoutUs(branch, enlistment, confirm, forgotten);
            }
        } catch (RefusedException refused) {
            if (refused.refusal() != Refusal.DECIDED_OTHERWISE) {
                throw protocol(branch.xid(), confirm ? "commit" : "rollback", String.valueOf(refused.getMessage()));
            }
            throw decidedOtherwise(branch, confirm, refused);
        } catch (RuntimeException failed) {
            throw notStored(branch, failed);
        }
    }

    /** A person decided the prepared branch, and all was delivered before the transaction manager called. */
    private void endedWithoutUs(Branch branch, Enlistment enlistment, boolean confirm, RuntimeException cause)
            throws XAException {
        CompletableFuture<Transaction> ended = enlistment.ended();
        if (!ended.isDone() || ended.isCompletedExceptionally()) {
            branches.remove(branch);
            throw failure(XAException.XAER_NOTA, AdapterMessage.UNKNOWN_BRANCH.text(branch.xid()), cause);
        }
        if (ended.join().state().confirms() != confirm) {
            throw decidedOtherwise(branch, confirm, cause);
        }
    }

    private XAException decidedOtherwise(Branch branch, boolean confirm, RuntimeException cause) {
        int code = confirm ? XAException.XA_HEURRB : XAException.XA_HEURCOM;
        String wish = confirm ? "commit" : "rollback";
        branch.becomeHeuristic(code);
        AdapterMessage.DECIDED_OTHERWISE.log(branch.xid(), wish);
        return heuristic(branch, code, wish, cause);
    }

    private static XAException heuristic(Branch branch, int code, String wish, @Nullable Throwable cause) {
        return failure(code, AdapterMessage.DECIDED_OTHERWISE.text(branch.xid(), wish), cause);
    }

    private static XAException notStored(Branch branch, RuntimeException cause) {
        return failure(XAException.XAER_RMFAIL, AdapterMessage.DECISION_NOT_STORED.text(branch.xid(), cause), cause);
    }

    /** What goes wrong is counted too. */
    private int counted(Timing timing, Call<Integer, XAException> call) throws XAException {
        long began = System.nanoTime();
        try {
            return branches.helping().helping(call);
        } catch (XAException failed) {
            if (failed.errorCode >= XAException.XA_RBBASE && failed.errorCode <= XAException.XA_RBEND) {
                branches.statistics().count(Counter.REFUSED);
            } else if (failed.errorCode >= XAException.XA_HEURMIX && failed.errorCode <= XAException.XA_HEURHAZ) {
                branches.statistics().count(Counter.HEURISTIC);
            }
            throw failed;
        } finally {
            branches.statistics().took(timing, System.nanoTime() - began);
        }
    }

    private static XAException protocol(XidValue xid, String call, String why) {
        return failure(XAException.XAER_PROTO, AdapterMessage.PROTOCOL.text(xid, call, why), null);
    }

    private static XAException invalid(XidValue xid, String call, int flags) {
        return failure(XAException.XAER_INVAL, AdapterMessage.PROTOCOL.text(xid, call, "flags " + flags), null);
    }

    private static XAException failure(int code, String text, @Nullable Throwable cause) {
        XAException failure = new XAException(text);
        failure.errorCode = code;
        failure.initCause(cause == null ? new HoldfastException(text) : cause);
        return failure;
    }
}
